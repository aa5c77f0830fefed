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

/** A machine that has been up for so many seconds. */
function machineOf(uptimeS: number | undefined, bootId = '1f2e\n') {
  const files = { bootId: fileOf(bootId), uptime: join(folder, 'uptime') };
  const stayUp = (seconds: number): void => {
    writeFileSync(files.uptime, `${seconds.toFixed(2)} 11507.96\n`);
  };
  if (uptimeS !== undefined) stayUp(uptimeS);
  return { files, stayUp };
}

const awakeS = (): number => Number(process.hrtime.bigint()) / 1e9;
const hourS = 3_600;

it('has clocks that went on while the machine slept, and never go back', () => {
  const { files, stayUp } = machineOf(awakeS());
  const { mono, steady } = nodeClock(undefined, files);
  const read = (): number[] => [mono(), steady?.read() ?? NaN].map((ms) => ms / 1_000);
  const before = read();
  // One hour asleep, of which the clock of the processor knows nothing.
  stayUp(awakeS() + hourS);
  const woken = read();
  stayUp(awakeS() + hourS - 0.02);
  const after = read();

  for (const [place, at] of woken.entries()) {
    expect(at - (before[place] ?? 0), String(place)).toBeGreaterThanOrEqual(hourS - 0.02);
    expect(at - (before[place] ?? 0), String(place)).toBeLessThan(hourS + 60);
  }
  expect(after[0]).toBeGreaterThanOrEqual(woken[0] ?? NaN);
});

it('goes on by the processor where nothing tells an uptime, or a smaller one than that', () => {
  for (const uptimeS of [undefined, 5]) {
    const { files } = machineOf(uptimeS);
    const { mono, steady } = nodeClock(undefined, files);
    const before = [mono(), steady?.read() ?? NaN];
    expect(before[1], String(uptimeS)).toBeGreaterThanOrEqual(Math.floor(before[0] ?? 0));
    expect(mono()).toBeGreaterThanOrEqual(before[0] ?? NaN);
  }
});

it('takes an uptime that could not be read at first for no sleep', () => {
  const { files, stayUp } = machineOf(undefined);
  writeFileSync(files.uptime, 'nothing');
  const { mono } = nodeClock(undefined, files);
  const before = mono();
  stayUp(awakeS() + hourS);
  expect(mono() - before).toBeLessThan(60_000);
});

it('has a stopwatch by the name of the start of the machine, where that has one', () => {
  const { steady, mono } = nodeClock(undefined, machineOf(awakeS()).files);
  const before = [steady?.read() ?? 0, mono()];

  expect(steady?.name).toBe('1f2e');
  expect(Number.isSafeInteger(before[0])).toBe(true);
  // It began with the machine, and so not after this program.
  expect(before[0]).toBeGreaterThanOrEqual(Math.floor(before[1] ?? 0));
  const { files } = machineOf(awakeS());
  expect(nodeClock(undefined, { ...files, bootId: join(folder, 'missing') }).steady).toBeUndefined();
});
