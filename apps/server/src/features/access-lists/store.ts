import type { HolidayFact } from '@claviger/authority';
import type {
  Assurance,
  BindingState,
  CredentialKind,
  CredentialState,
  KeyState,
  KeyType,
  LockStatus,
} from '@claviger/domain';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlInstant } from '../../platform/database/query.ts';

/** A lock whose list is compiled. */
export interface ListedLock {
  readonly id: string;
  readonly deviceId: string;
  readonly status: LockStatus;
  readonly model: string;
  readonly zone: string;
  readonly minimumAssurance: Assurance;
  readonly takesStaticQr: boolean;
  readonly takesCardNumbers: boolean;
}

/**
 * Holds the mark of a lock until the transaction ends. Whoever changes what a list says holds it first too,
 * so that a list either carries a change or is followed by one that does. Scope: entity.
 */
export async function holdMark(tx: Transaction, entityId: string, lockId: string): Promise<void> {
  await query(tx)
    .selectFrom('lock_lists')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .select('lock_id')
    .forUpdate()
    .execute();
}

/** The lock with what its list says of the place. Scope: entity. */
export async function findListedLock(
  tx: Transaction,
  entityId: string,
  lockId: string,
): Promise<ListedLock | undefined> {
  return query(tx)
    .selectFrom('locks as l')
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .innerJoin('entities as e', 'e.id', 'l.entity_id')
    .where('l.entity_id', '=', entityId)
    .where('l.id', '=', lockId)
    .select([
      'l.id',
      'l.device_id as deviceId',
      'l.status',
      'd.model',
      'e.zone',
      'l.minimum_assurance as minimumAssurance',
      'l.takes_static_qr as takesStaticQr',
      'l.takes_card_numbers as takesCardNumbers',
    ])
    .executeTakeFirst();
}

export interface ListedKey {
  readonly id: string;
  readonly type: KeyType;
  readonly state: KeyState;
  readonly issue: number;
  readonly from: number | null;
  readonly until: number | null;
  readonly maxUses: number | null;
  readonly bindingState: BindingState;
  readonly holderId: string | null;
  readonly holderStatus: 'active' | 'deactivated' | null;
}

/** A lock, or some of its Keys: those alone are read then. */
interface ListedPart {
  readonly entityId: string;
  readonly lockId: string;
  readonly keyIds?: readonly string[] | undefined;
}

/**
 * The Keys with a Binding at this lock, but for those that ended before `endedSince` and whose end the door
 * has confirmed (SEMANTICS C13).
 */
export function listKeysOf(tx: Transaction, lock: ListedPart, endedSince: number): Promise<ListedKey[]> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('keys as k', (join) =>
      join.onRef('k.entity_id', '=', 'b.entity_id').onRef('k.id', '=', 'b.key_id'),
    )
    .leftJoin('users as u', 'u.id', 'k.holder_id')
    .where('b.entity_id', '=', lock.entityId)
    .where('b.lock_id', '=', lock.lockId)
    .where((where) =>
      where.or([
        where('b.enforced_at', 'is', null),
        where.and([
          where.or([where('k.ended_at', 'is', null), where('k.ended_at', '>', sqlInstant(endedSince))]),
          where.or([where('k.valid_until', 'is', null), where('k.valid_until', '>', sqlInstant(endedSince))]),
        ]),
      ]),
    )
    .$if(lock.keyIds !== undefined, (keys) => keys.where('b.key_id', 'in', [...(lock.keyIds ?? [])]))
    .orderBy('k.id')
    .select([
      'k.id',
      'k.type',
      'k.state',
      'k.issue',
      'k.valid_from as from',
      'k.valid_until as until',
      'k.max_uses as maxUses',
      'b.state as bindingState',
      'k.holder_id as holderId',
      'u.status as holderStatus',
    ])
    .execute();
}

/** The holidays of the Entity, as its lists say them. */
export async function listHolidaysOf(tx: Transaction, entityId: string): Promise<HolidayFact[]> {
  const rows = await query(tx)
    .selectFrom('holidays')
    .where('entity_id', '=', entityId)
    .orderBy('first_date')
    .orderBy('id')
    .select(['first_date', 'last_date', 'is_yearly', 'hours_from', 'hours_until'])
    .execute();
  return rows.map(({ first_date, last_date, is_yearly, hours_from, hours_until }) => ({
    from: first_date,
    until: last_date,
    yearly: is_yearly,
    hours: hours_from === null || hours_until === null ? undefined : { from: hours_from, until: hours_until },
  }));
}

export interface ListedCredential {
  readonly id: string;
  readonly keyId: string;
  readonly kind: CredentialKind;
  readonly state: CredentialState;
  readonly sealedDigest: Uint8Array | null;
}

/** The credentials of the Keys with a Binding at this lock. */
export function listCredentialsOf(tx: Transaction, lock: ListedPart): Promise<ListedCredential[]> {
  return query(tx)
    .selectFrom('credentials as c')
    .innerJoin('bindings as b', (join) =>
      join.onRef('b.entity_id', '=', 'c.entity_id').onRef('b.key_id', '=', 'c.key_id'),
    )
    .where('b.entity_id', '=', lock.entityId)
    .where('b.lock_id', '=', lock.lockId)
    .$if(lock.keyIds !== undefined, (keys) => keys.where('b.key_id', 'in', [...(lock.keyIds ?? [])]))
    .orderBy('c.id')
    .select(['c.id', 'c.key_id as keyId', 'c.kind', 'c.state', 'c.sealed_digest as sealedDigest'])
    .execute();
}

/** What makes the list of this name: a whole one, and the deltas upon it. Scope: entity. */
export async function findDecidingParts(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  list: { readonly incarnation: number; readonly version: number },
): Promise<{ readonly whole: Uint8Array; readonly deltas: readonly Uint8Array[] } | undefined> {
  const whole = await query(tx)
    .selectFrom('access_lists')
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('incarnation', '=', list.incarnation)
    .where('version', '<=', list.version)
    .orderBy('version', 'desc')
    .select(['version', 'encoded'])
    .executeTakeFirst();
  if (!whole) return undefined;
  const deltas = await query(tx)
    .selectFrom('list_deltas')
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('incarnation', '=', list.incarnation)
    .where('version', '>', whole.version)
    .where('version', '<=', list.version)
    .orderBy('version')
    .select('delta')
    .execute();
  const isComplete = deltas.length === list.version - whole.version;
  return isComplete ? { whole: whole.encoded, deltas: deltas.map(({ delta }) => delta) } : undefined;
}

export interface ListedPlace {
  readonly entityId: string;
  readonly lockId: string;
  readonly deviceId: string;
  /** When the newest whole list was signed: no delta renews its table of zone offsets. */
  readonly signedAt: number | null;
}

/** Locks whose new list has been wanted since before this instant, oldest first. Scope: installation. */
export function findWantedSince(tx: Transaction, before: number, limit: number): Promise<ListedPlace[]> {
  return (
    query(tx)
      .selectFrom('lock_lists')
      .where('wanted_at', '<', sqlInstant(before))
      // Until the door has told which list it has, none is made.
      .where('report_owed_since', 'is', null)
      .orderBy('wanted_at')
      .limit(limit)
      .select([
        'entity_id as entityId',
        'lock_id as lockId',
        'device_id as deviceId',
        'whole_signed_at as signedAt',
      ])
      .execute()
  );
}

/** Locks that have lists, in the order of their identifiers, after one of them. Scope: installation. */
export function listPlaces(
  tx: Transaction,
  after: string | undefined,
  limit: number,
): Promise<ListedPlace[]> {
  return query(tx)
    .selectFrom('lock_lists')
    .$if(after !== undefined, (places) => places.where('lock_id', '>', after ?? ''))
    .orderBy('lock_id')
    .limit(limit)
    .select([
      'entity_id as entityId',
      'lock_id as lockId',
      'device_id as deviceId',
      'whole_signed_at as signedAt',
    ])
    .execute();
}
