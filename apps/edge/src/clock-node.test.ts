import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeClock } from './clock-node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-clock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  const file = join(folder, 'told');
  writeFileSync(file, text);
  return file;
}

it('reads a clock with a battery in whole seconds, and nothing where the chip tells none', () => {
  expect(nodeClock(fileOf('1795593600\n')).battery?.()).toBe(1_795_593_600_000);
  for (const text of ['', 'none', '-5', '1795593600.5', '999999999999'])
    expect(nodeClock(fileOf(text)).battery?.(), text).toBeUndefined();
  expect(nodeClock(join(folder, 'missing')).battery?.()).toBeUndefined();
  expect(nodeClock().battery).toBeUndefined();
});

it('has a stopwatch by the name of the start of the machine, where that has one', () => {
  const { steady, mono } = nodeClock(undefined, fileOf('1f2e\n'));
  const before = [steady?.read() ?? 0, mono()];

  expect(steady?.name).toBe('1f2e');
  expect(Number.isSafeInteger(before[0])).toBe(true);
  // It began with the machine, and so not after this program.
  expect(before[0]).toBeGreaterThanOrEqual(Math.floor(before[1] ?? 0));
  expect(nodeClock(undefined, join(folder, 'missing')).steady).toBeUndefined();
});
