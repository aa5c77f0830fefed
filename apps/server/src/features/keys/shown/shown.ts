import { cardEnding, findModel, type Instant, type KeyState } from '@claviger/domain';
import { Refusal, type Key, type KeyFilter, type KeyPage, type KeyStatus } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { idIn } from '../../../platform/http/index.ts';
import type { Secret } from '../../../platform/secrets/index.ts';
import type { KeyParts } from '../parts.ts';
import { openSecret } from '../secrets.ts';
import { hasPicture } from '../sharing/picture.ts';
import { proofUses, type Held } from '../sharing/proofs.ts';
import { findKey, listBindings, listKeys, type BindingRow, type KeyRow } from './store.ts';

interface Stored {
  readonly state: KeyState;
  readonly from: Instant | null;
  readonly until: Instant | null;
}

/** What a screen calls the state of a Key at this instant. */
export function statusOf({ state, from, until }: Stored, now: Instant): KeyStatus {
  if (state !== 'active') return state;
  if (until !== null && until <= now) return 'expired';
  return from !== null && now < from ? 'not_yet' : 'active';
}

type Shown = Key['bindings'][number];

/** What a door has told of a Binding. */
export type ToldBinding = Pick<
  BindingRow,
  | 'state'
  | 'since'
  | 'enforcedAt'
  | 'refusedAt'
  | 'isOnline'
  | 'offlineSince'
  | 'doubtSince'
  | 'counterLostAt'
  | 'isCountUnsure'
>;

/** Why a door holds a counted Key back though it has what was asked for; undefined where it does not. */
function heldBack({ state, doubtSince, counterLostAt, isCountUnsure }: ToldBinding) {
  if (state !== 'active') return undefined;
  if (doubtSince !== null) return { since: doubtSince, cause: 'counters_in_doubt' } as const;
  if (counterLostAt === null) return undefined;
  return { since: counterLostAt, cause: isCountUnsure ? 'counter_unknown' : 'record_damaged' } as const;
}

/** For what the holder of a Key waits that the door itself holds back; undefined where it does not. */
export function heldUntil(enforcement: Shown['enforcement']): 'counters' | 'another_key' | undefined {
  if (enforcement.state !== 'pending') return undefined;
  if (enforcement.cause === 'counter_unknown') return 'another_key';
  return ['counters_in_doubt', 'record_damaged'].includes(enforcement.cause) ? 'counters' : undefined;
}

/** How far the door has what was asked for, as it confirmed it. */
export function enforcementOf(binding: ToldBinding, isCounted: boolean): Shown['enforcement'] {
  const { enforcedAt, refusedAt, isOnline, offlineSince, since } = binding;
  const held = isCounted ? heldBack(binding) : undefined;
  if (held) return { state: 'pending', ...held };
  if (enforcedAt !== null) return { state: 'enforced', since: enforcedAt };
  if (isOnline !== true) return { state: 'offline', since: offlineSince ?? since };
  return { state: 'pending', since, cause: refusedAt === null ? 'sending' : 'refused_by_door' };
}

function bindingOf(binding: BindingRow, held: Held & { readonly isCounted: boolean }): Shown {
  const { lockId, lockName, state, model, usesSpent } = binding;
  const capabilities = [...(findModel(model)?.capabilities ?? [])];
  const enforcement = enforcementOf(binding, held.isCounted);
  const proofs = proofUses(held, binding);
  return { lockId, lockName, state, capabilities, proofs, usesSpent, enforcement };
}

/** What showing Keys needs beside the database. */
export type ShownParts = Pick<KeyParts, 'sealingKey' | 'now'>;

/** By its end people recognise a card; the whole number is shown to nobody. */
function cardOf({ cardId, sealedCard, cardAt }: KeyRow, sealingKey: Secret): Key['card'] {
  if (cardId === null || sealedCard === null) return undefined;
  return { ending: cardEnding(openSecret(sealingKey, cardId, sealedCard)), givenAt: cardAt ?? 0 };
}

function keyOf(row: KeyRow, bindings: readonly BindingRow[], { sealingKey, now }: ShownParts): Key {
  const card = cardOf(row, sealingKey);
  const held = {
    ...{ type: row.type, hasPin: row.hasPin, isCounted: row.maxUses !== null },
    ...{ hasPicture: hasPicture(row), hasCard: card !== undefined },
  };
  return {
    id: row.id,
    type: row.type,
    status: statusOf(row, now()),
    ...(row.suspension !== null && { suspension: row.suspension }),
    holder: row.holder,
    ...(row.email !== null && { email: row.email }),
    ...(row.from !== null && { validFrom: row.from }),
    ...(row.until !== null && { validUntil: row.until }),
    ...(row.maxUses !== null && { maxUses: row.maxUses }),
    hasPin: row.hasPin,
    ...(row.pictureAt !== null && {
      picture: { sharedAt: row.pictureAt, isCurrent: hasPicture(row) },
    }),
    ...(card && { card }),
    bindings: bindings.filter(({ keyId }) => keyId === row.id).map((binding) => bindingOf(binding, held)),
    createdAt: row.createdAt,
    ...(row.createdBy !== null && { createdBy: row.createdBy }),
    ...(row.mandateId !== null && { mandateId: row.mandateId }),
    ...(row.emailedAt !== null && { emailedAt: row.emailedAt }),
    ...(row.emailFailure !== null && { emailFailure: row.emailFailure }),
    version: row.version,
  };
}

/** One Key with what its doors have confirmed. Refuses not_found. */
export async function getKey(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
  parts: ShownParts,
): Promise<Key> {
  const row = await findKey(tx, entityId, keyId);
  if (!row) throw new Refusal('not_found');
  return keyOf(row, await listBindings(tx, entityId, [keyId]), parts);
}

/** One page of Keys, newest first. Refuses invalid_input for a cursor that is none. */
export async function listPage(
  tx: Transaction,
  entityId: string,
  wanted: KeyFilter &
    ShownParts & {
      readonly cursor?: string | undefined;
      readonly limit: number;
      readonly mandateId?: string | undefined;
    },
): Promise<KeyPage> {
  const { cursor, limit, now, sealingKey, mandateId, ...filter } = wanted;
  // A cursor is the identifier of the last Key that was seen.
  const after = cursor === undefined ? undefined : idIn(cursor);
  const rows = await listKeys(tx, entityId, { filter, now: now(), after, mandateId, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const bindings = await listBindings(tx, entityId, ids);
  const last = ids.at(-1);
  return {
    items: shown.map((row) => keyOf(row, bindings, { sealingKey, now })),
    ...(rows.length > limit && last !== undefined && { next: last }),
  };
}
