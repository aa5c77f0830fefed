import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { DatabaseProblem, errorCodeOf, fileProblem } from '../problem.ts';

/** A user of this machine; ids as in /etc/passwd. */
export interface SystemAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** How a program of PostgreSQL is run: undefined means as ourselves. */
export type RunAs = SystemAccount | undefined;

export interface ProgramResult {
  readonly exitCode: number;
  readonly output: string;
}

/** Whom root becomes for PostgreSQL, which refuses to run as root: the first that exists. */
const preferredNames = ['claviger', 'postgres', 'nobody'];
const PROGRAM_LIMIT_MS = 120_000;
const PROGRAM_OUTPUT_LIMIT_BYTES = 1_048_576;

/**
 * Chooses the user that PostgreSQL runs as. Ourselves, unless we are root: then the owner of an existing
 * cluster, else `claviger`, `postgres` or `nobody`. Refuses with `no_permission` when the machine has none of
 * them.
 */
export async function chooseAccount(clusterFolder: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readAccounts();
  const owner = await ownerOf(clusterFolder);
  const chosen =
    owner === undefined || owner === 0
      ? preferredNames.map((name) => accounts.find((account) => account.name === name)).find(Boolean)
      : accounts.find((account) => account.uid === owner);
  if (chosen !== undefined && chosen.uid !== 0) return chosen;
  throw new DatabaseProblem(
    'no_permission',
    'PostgreSQL does not run as root, and this machine lacks the user that owns the data folder, or any of ' +
      '"claviger", "postgres" and "nobody". Start this program as an ordinary user, or create "claviger".',
  );
}

async function readAccounts(): Promise<SystemAccount[]> {
  const text = await readFile('/etc/passwd', 'utf8');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw fileProblem(error, path);
  }
}

/** The options that make a child process run as the account. */
export function asAccount(account: RunAs): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** The environment of PostgreSQL's programs: nothing of ours but what the system needs to start a program. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program to its end; resolves for every exit code, rejects when it cannot be started. */
export async function runProgram(file: string, parameters: string[], account: RunAs): Promise<ProgramResult> {
  const options = {
    ...asAccount(account),
    cwd: '/',
    env: programEnvironment(),
    timeout: PROGRAM_LIMIT_MS,
    maxBuffer: PROGRAM_OUTPUT_LIMIT_BYTES,
  };
  return new Promise((resolve, reject) => {
    execFile(file, parameters, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ exitCode: 0, output });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, output });
      else reject(new Error(`${file} cannot be run: ${error.message}`, { cause: error }));
    });
  });
}
