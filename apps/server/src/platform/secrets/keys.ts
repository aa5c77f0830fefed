import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openDataFolder, settingsFileName } from '../data-folder.ts';
import { installationIdOf } from './derive.ts';
import { modeFile, readMode, type InstallationMode } from './mode.ts';
import { Secret } from './secret.ts';

/** The keys from which everything else of an installation is derived or signed. */
export interface InstallationKeys {
  readonly installationSecret: Secret;
  /** Signs commands to doors: Ed25519, private. */
  readonly commandSigningKey: KeyObject;
  readonly installationId: string;
}

/**
 * The keys of the data folder cannot be used; the message says in a sentence what is wrong and what to do.
 */
export class KeysProblem extends Error {
  override readonly name = 'KeysProblem';
}

const folderName = 'keys';
const secretFile = 'installation.secret';
const signingFile = 'command-signing.pem';
const secretLength = 32;
const fileMode = 0o600;
const othersMask = 0o077;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeNewKey(path: string, content: string): void {
  writeFileSync(path, content, { mode: fileMode, flag: 'wx', flush: true });
}

/** Keys and mode appear together or not at all: the finished folder is renamed into place. */
function makeKeys(dataFolder: string, mode: InstallationMode): void {
  const draft = mkdtempSync(join(dataFolder, `${folderName}-`));
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    writeNewKey(join(draft, secretFile), `${randomBytes(secretLength).toString('hex')}\n`);
    writeNewKey(join(draft, signingFile), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writeNewKey(join(draft, modeFile), `${mode}\n`);
    if (process.platform !== 'win32') syncToDisk(draft);
    renameSync(draft, join(dataFolder, folderName));
  } catch (error) {
    rmSync(draft, { recursive: true });
    // Another program that starts on this folder was first: its keys are the keys.
    if (!isThere(join(dataFolder, folderName, secretFile))) throw error;
  }
  if (process.platform !== 'win32') syncToDisk(dataFolder);
}

function assertPrivate(path: string): void {
  if (process.platform === 'win32') return;
  if ((statSync(path).mode & othersMask) === 0) return;
  throw new KeysProblem(`Others may read ${path}. Run: chmod -R go-rwx '${path}'`);
}

function readKey(path: string): string {
  try {
    assertPrivate(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new KeysProblem(`${path} is missing. Restore the folder ${folderName} from a backup.`, {
      cause: error,
    });
  }
}

function readSigningKey(path: string): KeyObject {
  const pem = readKey(path);
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new KeysProblem(`${path} is damaged. Restore it from a backup.`, { cause: error });
  }
  throw new KeysProblem(`${path} is not an Ed25519 key. Restore it from a backup.`);
}

/** Whether the data folder holds the keys of an installation, whole or not; makes nothing. */
export function hasInstallationKeys(dataFolder: string): boolean {
  return [secretFile, signingFile, modeFile].some((file) => isThere(join(dataFolder, folderName, file)));
}

/** What the installation in this folder was made as; undefined where there is none, or nobody can tell. */
export function findInstallationMode(dataFolder: string): InstallationMode | undefined {
  return hasInstallationKeys(dataFolder) ? readMode(dataFolder, join(dataFolder, folderName)) : undefined;
}

function assertMode(dataFolder: string, wanted: InstallationMode): void {
  const made = readMode(dataFolder, join(dataFolder, folderName));
  if (made === wanted) return;
  if (made === undefined) {
    throw new KeysProblem(`${join(dataFolder, folderName, modeFile)} is damaged. Restore it from a backup.`);
  }
  throw new KeysProblem(
    made === 'demo'
      ? `${dataFolder} holds a demo, and a demo never becomes a real installation. Unset CLAVIGER_MODE, or ` +
          'make a real one in another folder with: claviger setup'
      : `${dataFolder} holds a real installation, which is never run as a demo. Unset CLAVIGER_MODE, and ` +
          `put ${settingsFileName} back from a backup if it is gone.`,
  );
}

/**
 * Reads the keys of `<data>/keys/`, or makes them where no such folder is, of an installation of this mode.
 * Refuses (KeysProblem) keys that others may read, that are damaged, or of which one is missing: a lost key
 * is never silently replaced; and those of an installation that was made as the other mode.
 */
export function loadInstallationKeys(dataFolder: string, mode: InstallationMode): InstallationKeys {
  openDataFolder(dataFolder);
  const folder = join(dataFolder, folderName);
  if (!isThere(folder)) makeKeys(dataFolder, mode);
  assertPrivate(folder);
  const hex = readKey(join(folder, secretFile)).trim();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new KeysProblem(`${join(folder, secretFile)} is damaged. Restore it from a backup.`);
  }
  assertMode(dataFolder, mode);
  const installationSecret = new Secret(Buffer.from(hex, 'hex'));
  return {
    installationSecret,
    commandSigningKey: readSigningKey(join(folder, signingFile)),
    installationId: installationIdOf(installationSecret),
  };
}

/**
 * Refuses (KeysProblem) a database that belongs to other keys: under these its sealed fields would stay shut
 * and its doors would refuse every command.
 */
export function assertSameInstallation(keys: InstallationKeys, databaseInstallationId: string): void {
  if (keys.installationId === databaseInstallationId) return;
  throw new KeysProblem(
    `The database belongs to installation ${databaseInstallationId}, the keys in the data folder to ` +
      `${keys.installationId}. Use the data folder and the database of the same installation.`,
  );
}
