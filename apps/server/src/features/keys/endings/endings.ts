import type { Endings, KeyEnding } from '@claviger/authority';
import type { EntityId, Instant } from '@claviger/domain';
import type { Transaction } from '../../../platform/database/index.ts';
import { freeCards } from '../cards/store.ts';
import { wantListsOf } from '../holding.ts';
import { changeBindings, holdKey, revokeKey, type HeldKey } from '../store.ts';
import { endBinding, endCredential, listLiving, narrowKey, suspendKey } from './store.ts';

/** How much was ended by what a door has given back. */
export interface AppliedEndings {
  readonly revoked: number;
  readonly suspended: number;
  readonly narrowed: number;
  readonly credentials: number;
}

type Counts = { -readonly [Name in keyof AppliedEndings]: number };

interface Place {
  readonly entityId: EntityId;
  readonly lockId: string;
}

/** Ends a Key everywhere, as a person had done whose change is lost. */
async function endEverywhere(
  tx: Transaction,
  { entityId }: Place,
  { ending, at }: { readonly ending: KeyEnding; readonly at: Instant },
): Promise<void> {
  const place = { entityId, keyId: ending.key };
  if (ending.revoked === 'everywhere') {
    await revokeKey(tx, place, at);
    await freeCards(tx, place, at);
    await changeBindings(tx, place, { at, isRevoked: true });
  } else {
    await suspendKey(tx, place);
    await changeBindings(tx, place, { at });
  }
}

async function endHere(
  tx: Transaction,
  place: Place,
  { ending, at }: { readonly ending: KeyEnding; readonly at: Instant },
): Promise<void> {
  const state = ending.revoked === 'here' ? 'revoked' : 'suspended';
  await endBinding(tx, { ...place, keyId: ending.key }, { state, at });
}

/** Takes away what a Key that lives has lost beside: an end that comes too early admits nothing. */
async function narrow(tx: Transaction, key: HeldKey, limits: KeyEnding & Place): Promise<boolean> {
  const { entityId, key: keyId, issue, until, maxUses, revoked } = limits;
  const isNothing = issue === undefined && until === undefined && maxUses === undefined;
  if (isNothing || revoked === 'everywhere') return false;
  const earliest = key.from === null ? -Infinity : key.from + 1;
  const ends = until === undefined ? undefined : Math.max(until, earliest);
  await narrowKey(tx, { entityId, keyId }, { issue, until: ends, maxUses });
  return true;
}

/** Ends one Key as far as it had ended. */
async function takeKey(
  tx: Transaction,
  place: Place,
  { ending, at, counts }: { ending: KeyEnding; at: Instant; counts: Counts },
): Promise<void> {
  const { entityId } = place;
  await wantListsOf(tx, { entityId, keyId: ending.key }, at);
  const key = await holdKey(tx, { entityId, keyId: ending.key });
  if (!key) return;
  if (await narrow(tx, key, { ...place, ...ending })) counts.narrowed += 1;
  const { revoked, suspended } = ending;
  if (revoked === 'everywhere' || suspended === 'everywhere') await endEverywhere(tx, place, { ending, at });
  else if (revoked ?? suspended) await endHere(tx, place, { ending, at });
  if (revoked) counts.revoked += 1;
  else if (suspended) counts.suspended += 1;
}

/**
 * Ends at a restored server what had been ended by a list that a door has given back (decision record 0028):
 * Keys everywhere or at this lock, credentials, pictures, time and uses. Nothing is given. The caller holds
 * the mark of the lock; other locks of a Key that ends everywhere are marked here.
 */
export async function takeEndings(
  tx: Transaction,
  place: Place,
  given: {
    readonly endings: Endings;
    /** Identifiers of credentials by what the door knows them by. */
    readonly lookups: ReadonlyMap<string, string>;
    readonly at: Instant;
  },
): Promise<AppliedEndings> {
  const { endings, lookups, at } = given;
  const { entityId } = place;
  const counts: Counts = { revoked: 0, suspended: 0, narrowed: 0, credentials: 0 };
  for (const ending of endings.keys) await takeKey(tx, place, { ending, at, counts });
  for (const { lookup, state } of endings.credentials) {
    const id = lookups.get(lookup);
    if (id === undefined) continue;
    await endCredential(tx, { entityId, id }, { state, at });
    counts.credentials += 1;
  }
  return counts;
}

/** Ends every Key of an Entity that has not ended, at `at`. Scope: the Entity. */
export async function endKeysOf(tx: Transaction, entityId: EntityId, at: Instant): Promise<void> {
  for (const keyId of await listLiving(tx, entityId)) {
    await revokeKey(tx, { entityId, keyId }, at);
    await freeCards(tx, { entityId, keyId }, at);
    await changeBindings(tx, { entityId, keyId }, { at, isRevoked: true });
  }
}
