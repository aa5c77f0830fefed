import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { findLastRestore, listFindings, listOwing } from './store.ts';

/** What a report of a door came to, as it is kept. */
const found = z.object({
  revoked: z.int().default(0),
  suspended: z.int().default(0),
  narrowed: z.int().default(0),
  credentials: z.int().default(0),
  granted: z.array(z.object({ key: z.string(), type: z.string(), isKnown: z.boolean() })).default([]),
});

/** One lock after a restore; instants are UTC epoch milliseconds. */
export interface LockFinding extends z.output<typeof found> {
  readonly lockId: string;
  readonly serial: string;
  readonly kind: string;
  readonly at: number;
}

export interface RestoreReport {
  readonly restoredAt: number;
  readonly reachedAt: number;
  readonly told: readonly LockFinding[];
  /** Locks whose doors were not heard since: they decide by what they have, and nothing new reaches them. */
  readonly owing: readonly { readonly lockId: string; readonly serial: string }[];
}

/** What is known since the last restore; undefined where there was none. Names no tenant's content. */
export async function readRestoreReport(database: Database): Promise<RestoreReport | undefined> {
  return database.transact({ kind: 'installation' }, async (tx) => {
    const restore = await findLastRestore(tx);
    if (!restore) return undefined;
    const findings = await listFindings(tx, restore.incarnation);
    return {
      restoredAt: restore.restoredAt,
      reachedAt: restore.reachedAt,
      told: findings.map(({ found: kept, ...finding }) => ({ ...finding, ...found.parse(kept) })),
      owing: await listOwing(tx),
    };
  });
}
