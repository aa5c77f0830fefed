import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { settingsFileName } from '../data-folder.ts';
import { readArchive } from './archive.ts';
import { openFile } from './envelope.ts';
import { BackupProblem } from './problem.ts';

/** The file of the superuser's password, as it is called in the archive. */
export const passwordEntry = 'postgres/admin-password';
const keysFolder = 'keys';
const certificateFile = 'authority.crt';

/** An installation outside of its database: each file by its path in the data folder. */
export type Secrets = ReadonlyMap<string, Buffer>;

function readTop(dataFolder: string, names: readonly string[]): [string, Buffer][] {
  return names
    .filter((name) => existsSync(join(dataFolder, name)))
    .map((name) => [name, readFileSync(join(dataFolder, name))]);
}

/** Everything beside the database that a restored machine cannot do without: keys, authority, settings. */
export function collectSecrets(dataFolder: string): Secrets {
  const keys = readdirSync(join(dataFolder, keysFolder)).map((name) => `${keysFolder}/${name}`);
  return new Map(readTop(dataFolder, [...keys, settingsFileName, certificateFile, passwordEntry]));
}

/** As a tar archive. */
export function packSecrets(secrets: Secrets): Readable {
  const archive = pack();
  for (const [name, content] of secrets) archive.entry({ name, mode: 0o600 }, content);
  archive.finalize();
  return Readable.from(archive);
}

/** Names that a backup of ours may hold; anything else could be written anywhere. */
const expected = /^(keys\/[\w.-]+|claviger\.json|authority\.crt|postgres\/admin-password)$/;

/** Reads the archive back; refuses (BackupProblem) one with files that no installation has. */
export async function readSecrets(path: string, identity: string) {
  const secrets = new Map<string, Buffer>();
  const reading = readArchive(async ({ name, isFile, content }) => {
    if (!isFile || !expected.test(name) || name.includes('..'))
      throw new BackupProblem(`${path} holds ${name}, which belongs to no installation.`);
    secrets.set(name, await buffer(content));
  });
  const file = await openFile(path, identity, reading);
  return { secrets, file };
}

/**
 * Puts the files into the data folder: the keys appear together, and the settings last, for with them it is
 * an installation.
 */
export function putSecrets(dataFolder: string, secrets: Secrets): void {
  const draft = `${keysFolder}.restored`;
  mkdirSync(join(dataFolder, draft), { mode: 0o700 });
  const write = (path: string, content: Buffer, mode: number): void => {
    writeFileSync(join(dataFolder, path), content, { mode, flag: 'wx', flush: true });
  };
  for (const [name, content] of secrets)
    if (dirname(name) === keysFolder) write(name.replace(keysFolder, draft), content, 0o600);
  const certificate = secrets.get(certificateFile);
  if (certificate) write(certificateFile, certificate, 0o644);
  renameSync(join(dataFolder, draft), join(dataFolder, keysFolder));
  const settings = secrets.get(settingsFileName);
  if (!settings) return;
  write(`${settingsFileName}.restored`, settings, 0o600);
  renameSync(join(dataFolder, `${settingsFileName}.restored`), join(dataFolder, settingsFileName));
}
