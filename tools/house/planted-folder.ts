import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** The folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..');

/** Makes a folder with these files (path to content) for as long as the test runs, and returns its path. */
export function plantFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-planted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Lets the planted folder see the packages that are installed in the repository. */
export function linkPackages(folder: string): void {
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
}
