import type { Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { wantKeysAt } from '../authority/index.ts';
import type { KeyId } from './parts.ts';
import { pinRestsForMs } from './pins/pins.ts';
import { holdKey, issueLimit, listPlacesOf, type HeldKey, type KeyPlace } from './store.ts';

/** Marks every lock of a Key for a list that carries what it becomes, before anything is changed. */
export async function wantListsOf(tx: Transaction, key: KeyId, at: Instant): Promise<KeyPlace[]> {
  const places = await listPlacesOf(tx, key);
  for (const { lockId, deviceId } of places) {
    await wantKeysAt(tx, { entityId: key.entityId, lockId, deviceId, keyIds: [key.keyId] }, at);
  }
  return places;
}

/** A guest Key that can still be changed. Refuses not_found and key_ended. */
export async function holdLiving(tx: Transaction, place: KeyId, now: Instant): Promise<HeldKey> {
  const key = await holdKey(tx, place);
  if (!key) throw new Refusal('not_found');
  // What ended so long ago is on no list any more, and its PIN may be another Key's.
  const isForgotten = key.until !== null && key.until <= now - pinRestsForMs;
  if (key.state === 'revoked' || key.type !== 'guest' || isForgotten) throw new Refusal('key_ended');
  return key;
}

/**
 * The issue after this one: pictures of earlier issues stop opening. Refuses key_issues_spent where none is
 * left.
 */
export function nextIssue({ issue }: Pick<HeldKey, 'issue'>): number {
  if (issue >= issueLimit) throw new Refusal('key_issues_spent');
  return issue + 1;
}
