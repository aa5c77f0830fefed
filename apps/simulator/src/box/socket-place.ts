import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a local socket, in bytes: the systems' own limits are 104 and 108. */
export const socketPathLimit = 100;

const anySerial = 'X'.repeat(12);

/** Where the drivers of the street's agents listen. */
export interface SocketPlace {
  pathOf(serial: string): string;
  /** Removes what was made for it. */
  remove(): void;
}

/**
 * In the folder of each door if the paths there are short enough, else in a folder in the system's temporary
 * one that only this user can read. On Windows it is a pipe with a name that nobody can guess.
 */
export function chooseSocketPlace(doorsFolder: string): SocketPlace {
  if (process.platform === 'win32') {
    const street = randomBytes(8).toString('hex');
    return { pathOf: (serial) => `\\\\.\\pipe\\claviger-${street}-${serial}`, remove: () => undefined };
  }
  const inDoorFolder = (serial: string): string => join(doorsFolder, serial, 'driver.sock');
  if (Buffer.byteLength(inDoorFolder(anySerial)) <= socketPathLimit) {
    return { pathOf: inDoorFolder, remove: () => undefined };
  }
  const made = mkdtempSync(join(tmpdir(), 'claviger-'));
  return {
    pathOf: (serial) => join(made, `${serial}.sock`),
    remove: () => {
      rmSync(made, { recursive: true, force: true });
    },
  };
}
