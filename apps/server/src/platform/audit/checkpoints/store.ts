import type { Transaction } from '../../database/index.ts';
import { query, queryNamed, sqlInstant } from '../../database/query.ts';

/** A checkpoint as it is kept; `heads` is forgotten when it is old. */
export interface KeptCheckpoint {
  readonly number: number;
  readonly at: number;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly heads: Uint8Array | null;
}

/** All statements here: scope installation. */
export async function findLastCheckpoint(tx: Transaction): Promise<KeptCheckpoint | undefined> {
  return query(tx).selectFrom('audit_checkpoints').selectAll().orderBy('number', 'desc').executeTakeFirst();
}

/** Checkpoints after a number, in their order. */
export async function listCheckpoints(
  tx: Transaction,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<KeptCheckpoint[]> {
  return query(tx)
    .selectFrom('audit_checkpoints')
    .selectAll()
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute();
}

/** Keeps a checkpoint; false where another copy of the server has just taken one of this number. */
export async function addCheckpoint(
  tx: Transaction,
  { number, at, signed, signature, heads }: KeptCheckpoint & { readonly heads: Uint8Array },
): Promise<boolean> {
  const rows = await query(tx)
    .insertInto('audit_checkpoints')
    .values({
      ...{ number, at: new Date(at), signed: Buffer.from(signed) },
      ...{ signature: Buffer.from(signature), heads: Buffer.from(heads) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .execute();
  return rows.length === 1;
}

/** Forgets the heads of checkpoints from before an instant; what was signed about them stays. */
export async function forgetHeads(tx: Transaction, before: number): Promise<void> {
  await query(tx)
    .updateTable('audit_checkpoints')
    .set({ heads: null })
    .where('heads', 'is not', null)
    .where('at', '<', sqlInstant(before))
    .execute();
}

/** Which installation this is, and in which of its histories. */
export async function findInstallation(
  tx: Transaction,
): Promise<{ readonly id: string; readonly incarnation: number } | undefined> {
  const rows = await queryNamed<{ id: string; incarnation: number }>(tx, {
    name: 'find_installation_of_audit',
    text: 'select id, incarnation from claviger.installations limit 1',
    values: [],
  });
  return rows[0];
}
