import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRoot } from '../../test/embedded/database-folder.ts';
import { DataFolderProblem, openDataFolder } from './data-folder.ts';
import { loadInstallationKeys } from './secrets/index.ts';

const closed = isRoot ? 0o711 : 0o700;

function parent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-data-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function modeOf(folder: string): number {
  return statSync(folder).mode & 0o777;
}

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  it('is made for its user alone, by whatever needs it first', () => {
    const folder = join(parent(), 'new', 'data');

    loadInstallationKeys(folder, 'demo');

    expect(modeOf(folder)).toBe(closed);
  });

  it.each([
    [0o755, closed],
    [0o777, closed],
    [0o700, 0o700],
  ])('of ours with the mode %i is closed to %i', (mode, expected) => {
    const folder = join(parent(), 'data');
    mkdirSync(folder);
    chmodSync(folder, mode);

    openDataFolder(folder);

    expect(modeOf(folder)).toBe(expected);
  });

  it.runIf(isRoot)('of somebody else is left as it is, and refused when others may write in it', () => {
    const folder = join(parent(), 'data');
    mkdirSync(folder);
    chownSync(folder, 65_534, 65_534);

    chmodSync(folder, 0o755);
    openDataFolder(folder);
    expect(modeOf(folder)).toBe(0o755);
    chmodSync(folder, 0o775);
    expect(() => {
      openDataFolder(folder);
    }).toThrow(DataFolderProblem);
  });
});
