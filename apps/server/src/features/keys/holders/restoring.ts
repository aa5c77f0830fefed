import type { Instant } from '@claviger/domain';
import { Refusal, type SuspendedKey } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { holdWaiting, listWaiting, setRestored, type WaitingKey } from './store.ts';

/** Who may see Keys of which Entities, and when that is asked. */
export interface RestoringView {
  readonly entityIds: ReadonlySet<string>;
  readonly now: Instant;
}

function isExpired({ until }: WaitingKey, now: Instant): boolean {
  return until !== null && until <= now;
}

/**
 * The Keys of a deactivated User that can be restored, in the Entities of the view. Scope, here and below:
 * the Owner.
 */
export async function listSuspendedKeys(
  tx: Transaction,
  userId: string,
  { entityIds, now }: RestoringView,
): Promise<SuspendedKey[]> {
  const waiting = await listWaiting(tx, userId);
  return waiting
    .filter(({ entityId }) => entityIds.has(entityId))
    .map((key) => {
      const { id, type, holder, entity, locks, until, isKeptBack } = key;
      const ends = until === null ? {} : { validUntil: until };
      return { ...{ id, type, holder, entity, locks, isKeptBack }, ...ends, isExpired: isExpired(key, now) };
    });
}

/** What became of the Keys of a User who came back, by their identifiers. */
export interface RestoredKeys {
  readonly restored: readonly string[];
  readonly keptSuspended: readonly string[];
}

/**
 * Restores the wanted Keys of a User who comes back; every other one that could open something is kept
 * suspended, those that the view does not show among them. Expired ones stay expired. Refuses invalid_input
 * for a Key that is not among what can be restored: key_gone.
 */
export async function restoreKeys(
  tx: Transaction,
  { userId, wanted }: { readonly userId: string; readonly wanted: readonly string[] },
  { entityIds, now }: RestoringView,
): Promise<RestoredKeys> {
  const living = (await holdWaiting(tx, userId)).filter((key) => !isExpired(key, now));
  const seen = new Set(living.filter(({ entityId }) => entityIds.has(entityId)).map(({ id }) => id));
  if (!wanted.every((id) => seen.has(id))) {
    throw new Refusal('invalid_input', { issues: [{ path: 'body.restoreKeyIds', problem: 'key_gone' }] });
  }
  const isWanted = ({ id }: WaitingKey) => wanted.includes(id);
  const restored = living.filter(isWanted).map(({ id }) => id);
  const keptSuspended = living.filter((key) => !isWanted(key)).map(({ id }) => id);
  await setRestored(tx, restored, true);
  await setRestored(tx, keptSuspended, false);
  return { restored, keptSuspended };
}
