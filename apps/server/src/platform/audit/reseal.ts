import type { Database } from '../database/index.ts';
import type { Audit } from './audit.ts';
import { installationChain } from './entry.ts';
import { scopeOfChain } from './refusals.ts';

/** The operation of the entry with which a chain goes on after a restore. */
export const restoreOperation = 'installation.restore';

/** A restore as every chain tells it; instants are epoch milliseconds. */
export interface ToldRestore {
  readonly incarnation: number;
  readonly restoredAt: number;
  /** As it was then: what came between this and the restore is lost, and with it the ends of chains. */
  readonly reachedAt: number;
  readonly entityIds: readonly string[];
}

/** Adds to every chain that it goes on after a restore. Nothing that is there is computed again. */
export async function resealChains(database: Database, audit: Audit, restore: ToldRestore): Promise<void> {
  const { incarnation, restoredAt, reachedAt, entityIds } = restore;
  for (const chain of [installationChain, ...entityIds]) {
    const isOfEntity = chain !== installationChain;
    await database.transact(scopeOfChain(chain), (tx) =>
      audit.add(tx, {
        ...(isOfEntity ? { scope: 'entity', entityId: chain } : { scope: 'installation' }),
        ...{ operation: restoreOperation, objectType: isOfEntity ? 'entity' : 'installation' },
        ...{ ...(isOfEntity && { objectId: chain }), outcome: 'done' },
        ...{ after: { reachedAt, incarnation }, at: restoredAt },
      }),
    );
  }
}
