import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './planted-folder.ts';

const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;

/** Every file of the repository that git has or would take, as paths from its root. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: OUTPUT_LIMIT_BYTES,
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(repository, path)))
    .sort();
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** What a package.json says, as far as the house reads it. */
export interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

export function manifestOf(path: string): Manifest {
  return JSON.parse(textOf(path)) as Manifest;
}
