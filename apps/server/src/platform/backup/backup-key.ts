import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { InstallationKeys } from '../secrets/index.ts';
import { BackupProblem } from './problem.ts';

/** What the operator takes away: it reads every backup, and knows whose backups are genuine. */
export interface BackupKey {
  /** Of age: `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  readonly installationId: string;
  /** The installation's Ed25519 key that signs what is written of a backup; raw, base64url. */
  readonly signedBy: string;
}

/** The public half, beside the keys: with it nobody reads anything. */
const recipientFile = join('keys', 'backup-recipient');
const fileMode = 0o600;
const identityForm = /^AGE-SECRET-KEY-1[0-9A-Z]+$/m;
const installationForm = /^# installation: ([0-9a-f-]{36})$/m;
const signerForm = /^# signed by: ([\w-]{43})$/m;

/** The public half of the key that signs backups; raw, base64url. */
export function signerOf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new Error('the signing key is no Ed25519 key');
  return x;
}

/** Whether the path lies in the folder, or is it. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

function textOf(key: BackupKey, now: number): string {
  return [
    `# The key of the backups of a Claviger, made ${new Date(now).toISOString()}.`,
    '# Whoever has it reads every backup; without it no backup can be read. Keep it where the server is not.',
    `# installation: ${key.installationId}`,
    `# signed by: ${key.signedBy}`,
    key.identity,
    '',
  ].join('\n');
}

/**
 * Makes a pair of keys: the private half goes to the file and nowhere else, the public half is kept beside
 * the installation's keys. Refuses (BackupProblem) a file that is there or lies in the data folder, and,
 * unless one is to be replaced, an installation that has a key.
 */
export async function makeBackupKey(
  place: { readonly dataFolder: string; readonly file: string; readonly isReplacing: boolean },
  { installationId, commandSigningKey }: InstallationKeys,
  now: number,
): Promise<void> {
  const { dataFolder, file, isReplacing } = place;
  if (isBelow(dataFolder, file)) {
    throw new BackupProblem(
      `${file} would lie in the data folder, and a backup must be readable when that is gone. Name a file ` +
        'on something that you take away.',
    );
  }
  if (findRecipient(dataFolder) !== undefined && !isReplacing) {
    throw new BackupProblem(
      'This installation has a backup key already. Use that one, or say --replace: backups that were made ' +
        'until now are still read with the old one.',
    );
  }
  const identity = await generateX25519Identity();
  const key = { identity, installationId, signedBy: signerOf(commandSigningKey) };
  writeNew(file, textOf(key, now));
  const draft = join(dataFolder, `${recipientFile}.new`);
  writeFileSync(draft, `${await identityToRecipient(identity)}\n`, { mode: fileMode, flush: true });
  renameSync(draft, join(dataFolder, recipientFile));
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: fileMode, flag: 'wx', flush: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') throw new BackupProblem(`${file} is there already. Name another file.`);
    if (code === 'ENOENT') throw new BackupProblem(`There is no folder ${dirname(file)}.`);
    throw error;
  }
}

/** The public half of this installation's backup key, `age1…`; undefined while none was made. */
export function findRecipient(dataFolder: string): string | undefined {
  const path = join(dataFolder, recipientFile);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** Reads the file that the operator took away; refuses (BackupProblem) what is none. */
export function readBackupKey(file: string): BackupKey {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BackupProblem(`${file} cannot be read.`, { cause: error });
  }
  const identity = identityForm.exec(text)?.[0];
  const installationId = installationForm.exec(text)?.[1];
  const signedBy = signerForm.exec(text)?.[1];
  if (identity !== undefined && installationId !== undefined && signedBy !== undefined)
    return { identity, installationId, signedBy };
  throw new BackupProblem(
    `${file} is not a backup key as claviger backup-key writes it, with the line that begins ` +
      '"# signed by". Take the file as it was written.',
  );
}
