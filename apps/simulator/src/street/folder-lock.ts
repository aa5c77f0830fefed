import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFolder } from './private-file.ts';
import { StreetFault } from './street-file.ts';

const lockFile = 'street.lock';
const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

/**
 * Takes the folder of a street for this process and returns what gives it free; refuses (StreetFault) while
 * another simulator has it. The lock is the system's, taken through SQLite: it dies with its holder (decision
 * record 0011).
 */
export function lockStreet(folder: string): () => void {
  makePrivateFolder(folder);
  const file = new DatabaseSync(join(folder, lockFile), { timeout: 0 });
  try {
    file.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    file.close();
    if (!isBusy(error)) throw error;
    throw new StreetFault(
      `Another simulator serves the street in ${folder}. Stop it, or choose another --data.`,
    );
  }
  return () => {
    file.close();
  };
}
