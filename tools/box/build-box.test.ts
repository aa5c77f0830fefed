import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxFile } from './build-box.ts';

const sources = join(import.meta.dirname, '../../apps/edge/src/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'claviger-box-'));
const alone = join(folder, 'box.mjs');

/** What the program says to nobody's arguments, and how it ends. */
function askedNothing(program: string) {
  const { status, stderr } = spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

describe('the program of a box as one file', { timeout: 300_000 }, () => {
  beforeAll(() => {
    const built = spawnSync(process.execPath, [join(import.meta.dirname, 'build-box.ts')], {
      encoding: 'utf8',
    });
    expect(built.stderr).toBe('');
    copyFileSync(boxFile, alone);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs in a folder with nothing beside it, and asks for what the sources ask for', () => {
    const said = askedNothing(alone);

    expect(said).toEqual(askedNothing(sources));
    expect(said.stderr).toContain('enrol-url');
  });

  it('takes nothing in but what Node brings', () => {
    const taken = [...readFileSync(alone, 'utf8').matchAll(/\bfrom"([^"]+)"/g)].map(([, name]) => name);

    expect(taken).toContain('node:sqlite');
    expect(taken.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });
});
