import { Refusal, type Mandate } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import * as store from './store.ts';

const shownLimit = 200;

async function present(
  tx: Transaction,
  entityId: string,
  rows: readonly store.MandateRow[],
): Promise<Mandate[]> {
  const ids = rows.map(({ id }) => id);
  const locks = await store.listLocksOf(tx, entityId, ids);
  return rows.map((row) => ({
    ...row,
    locks: locks
      .filter(({ mandateId }) => mandateId === row.id)
      .map(({ lockId: id, name }) => ({ id, name })),
  }));
}

/** Mandates that last, and those that left Keys to adopt. Scope, here and below: the Entity or its Owner. */
export async function listMandates(tx: Transaction, entityId: string): Promise<Mandate[]> {
  return present(tx, entityId, await store.listMandates(tx, entityId, shownLimit));
}

/** One Mandate. Refuses not_found. */
export async function getMandate(tx: Transaction, place: store.MandatePlace): Promise<Mandate> {
  const row = await store.findMandate(tx, place);
  const [mandate] = row ? await present(tx, place.entityId, [row]) : [];
  if (!mandate) throw new Refusal('not_found');
  return mandate;
}
