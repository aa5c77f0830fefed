/**
 * Keys and database belong together. The database of a new installation takes the identifier that its keys
 * give; from then on it works with these keys only, also after it was restored elsewhere.
 */
import type { Database } from '../database/index.ts';
import { assertSameInstallation, type InstallationKeys } from '../secrets/index.ts';
import { findOrAddInstallation } from './store.ts';

/**
 * Marks a new database as that of these keys; refuses (KeysProblem) one that is marked with another
 * identifier.
 */
export async function claimDatabase(database: Database, keys: InstallationKeys): Promise<void> {
  const found = await database.transact({ kind: 'installation' }, (tx) =>
    findOrAddInstallation(tx, keys.installationId),
  );
  assertSameInstallation(keys, found);
}
