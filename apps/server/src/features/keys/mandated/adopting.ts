import { Refusal, type Key, type MandatedKey } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { keepCards } from '../cards/store.ts';
import { wantListsOf } from '../holding.ts';
import type { KeyId, KeyParts } from '../parts.ts';
import { keepPin } from '../pins/keeping.ts';
import type { DrawnPin } from '../pins/pins.ts';
import { getKey } from '../shown/shown.ts';
import { changeBindings, holdKey } from '../store.ts';
import * as store from './store.ts';

interface MandatePlace {
  readonly entityId: KeyId['entityId'];
  readonly mandateId: string;
}

/** Keys that end with a Mandate, or have. Scope, here and below: the Entity. */
export async function listMandatedKeys(tx: Transaction, place: MandatePlace): Promise<MandatedKey[]> {
  const rows = await store.listMandatedKeys(tx, place);
  return rows.map(({ wantedUntil, ...row }) => ({ ...row, ...(wantedUntil !== null && { wantedUntil }) }));
}

/**
 * Suspends what was made under a Mandate that is over, and has the doors follow; returns how many Keys. Each
 * door ended them by itself where the Mandate came to its end: they are not valid for longer.
 */
export async function suspendKeysOfMandate(
  tx: Transaction,
  place: MandatePlace,
  now: number,
): Promise<number> {
  const { entityId } = place;
  const keys = await store.listMandatedKeys(tx, place);
  // Marks before changes, as everywhere, so that two who do this wait for each other.
  for (const { id } of keys) await wantListsOf(tx, { entityId, keyId: id }, now);
  let count = 0;
  for (const { id } of keys) {
    const key = { entityId, keyId: id };
    if (!(await store.suspendMandated(tx, key))) continue;
    await changeBindings(tx, key, { at: now });
    count += 1;
  }
  return count;
}

/**
 * Adopts a Key that was made under this Mandate: it gets the end that was asked for. Refuses not_found, and
 * key_ended where its PIN was forgotten. Throws PinTaken when the Key comes back and needs another PIN.
 */
export async function adoptKey(
  tx: Transaction,
  { mandateId, pin, ...place }: KeyId & { readonly mandateId: string; readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<{ readonly before: Key; readonly after: Key }> {
  const now = parts.now();
  const places = await wantListsOf(tx, place, now);
  const key = await holdKey(tx, place);
  const isThere = key?.mandateId === mandateId && key.adoptedAt === null && key.state !== 'revoked';
  if (!key || !isThere) throw new Refusal('not_found');
  const before = await getKey(tx, place, parts);
  const livesUntil = key.wantedUntil ?? key.until ?? now;
  await store.setAdopted(tx, place, { until: livesUntil, at: now });
  await changeBindings(tx, place, { at: now });
  const lockIds = places.map(({ lockId }) => lockId);
  await keepPin(tx, { ...place, lockIds, before: key.until ?? Infinity, livesUntil, pin }, parts);
  await keepCards(tx, place, livesUntil);
  return { before, after: await getKey(tx, place, parts) };
}
