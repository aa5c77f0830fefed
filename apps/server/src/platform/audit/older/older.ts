import type { Database, Transaction } from '../../database/index.ts';
import { deriveSecret, type Secret } from '../../secrets/index.ts';
import { appendEntry } from '../chain/store.ts';
import { chainOf, type AuditEntry } from '../entry.ts';
import { findUserId, listUnchained, takeUnchained, type Unchained } from './store.ts';
import { scopeOfChain } from '../refusals.ts';
import { sealEntry } from '../sealing.ts';

/** So many entries are moved in one transaction. */
const pageSize = 500;

/** What an entry of a Key told of its holder. */
const holderFields = ['holder', 'email', 'to'];

/** `code: cause`, as it was kept then. */
function split(reason: string | null): Pick<AuditEntry, 'code' | 'cause'> {
  if (reason === null) return {};
  const [code = '', ...cause] = reason.split(': ');
  return { code, ...(cause.length > 0 && { cause: cause.join(': ') }) };
}

async function entryOf(tx: Transaction, row: Unchained): Promise<AuditEntry & { name?: string }> {
  const { entityId, accountId, objectId, name, ...same } = row;
  const userId = entityId === null ? undefined : await findUserId(tx, { entityId, accountId });
  const isOfKey = row.objectType === 'key' || row.operation === 'key.create';
  return {
    ...{ ...same, ...split(row.reason), reason: undefined },
    entityId: entityId ?? undefined,
    accountId: accountId ?? undefined,
    userId,
    objectId: objectId ?? undefined,
    ...(name !== null && { name }),
    ...(isOfKey && objectId !== null && { personal: { subjectId: objectId, fields: holderFields } }),
  };
}

/**
 * Gives the entries from before there were chains their places in them, in the order of their times. Safe at
 * every start and in several copies at once: each entry is moved once, or not at all.
 */
export async function chainOlderEntries(database: Database, installationSecret: Secret): Promise<number> {
  const sealingKey = deriveSecret(installationSecret, 'audit subjects');
  const entities = await database.transact({ kind: 'installation' }, listUnchained);
  let moved = 0;
  for (const chain of new Set(entities.map(chainOf))) {
    for (let page = pageSize; page === pageSize; moved += page) {
      page = await database.transact(scopeOfChain(chain), async (tx) => {
        const rows = await takeUnchained(tx, { chain, limit: pageSize });
        for (const row of rows) {
          await appendEntry(tx, await sealEntry(tx, await entryOf(tx, row), sealingKey));
        }
        return rows.length;
      });
    }
  }
  return moved;
}
