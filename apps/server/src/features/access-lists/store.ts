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
}

/**
 * The Keys with a Binding at this lock, but for those that ended before `endedSince` and whose end the door
 * has confirmed (SEMANTICS C13).
 */
export function listKeysOf(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  endedSince: number,
): Promise<ListedKey[]> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('keys as k', (join) =>
      join.onRef('k.entity_id', '=', 'b.entity_id').onRef('k.id', '=', 'b.key_id'),
    )
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
    ])
    .execute();
}

export interface ListedCredential {
  readonly id: string;
  readonly keyId: string;
  readonly kind: CredentialKind;
  readonly state: CredentialState;
  readonly sealedDigest: Uint8Array | null;
}

/** The credentials of the Keys with a Binding at this lock. */
export function listCredentialsOf(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
): Promise<ListedCredential[]> {
  return query(tx)
    .selectFrom('credentials as c')
    .innerJoin('bindings as b', (join) =>
      join.onRef('b.entity_id', '=', 'c.entity_id').onRef('b.key_id', '=', 'c.key_id'),
    )
    .where('b.entity_id', '=', lock.entityId)
    .where('b.lock_id', '=', lock.lockId)
    .orderBy('c.id')
    .select(['c.id', 'c.key_id as keyId', 'c.kind', 'c.state', 'c.sealed_digest as sealedDigest'])
    .execute();
}

/** The list of this name; the door decided by it. Scope: entity. */
export async function findDecidingList(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  list: { readonly incarnation: number; readonly version: number },
): Promise<Uint8Array | undefined> {
  const row = await query(tx)
    .selectFrom('access_lists')
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('incarnation', '=', list.incarnation)
    .where('version', '=', list.version)
    .select('encoded')
    .executeTakeFirst();
  return row?.encoded;
}

export interface ListedPlace {
  readonly entityId: string;
  readonly lockId: string;
  readonly deviceId: string;
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
        'signed_at as signedAt',
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
    .select(['entity_id as entityId', 'lock_id as lockId', 'device_id as deviceId', 'signed_at as signedAt'])
    .execute();
}

/**
 * Forgets what nobody asks for any more at this lock: lists that were replaced before `before`, mails that
 * were written before it, cards, PINs and links whose Key ended before it. The caller holds the mark: a Key
 * that comes back meanwhile is one that has not ended. Scope: entity.
 */
export async function forgetAt(
  tx: Transaction,
  { entityId, lockId }: { readonly entityId: string; readonly lockId: string },
  before: number,
): Promise<void> {
  await query(tx)
    .deleteFrom('access_lists as a')
    .where('a.entity_id', '=', entityId)
    .where('a.lock_id', '=', lockId)
    .where('a.signed_at', '<', sqlInstant(before))
    // Until the list that replaced it was sent, doors decided by it.
    .where((where) =>
      where.exists(
        where
          .selectFrom('access_lists as n')
          .whereRef('n.entity_id', '=', 'a.entity_id')
          .whereRef('n.lock_id', '=', 'a.lock_id')
          .whereRef('n.signed_at', '>', 'a.signed_at')
          .where('n.signed_at', '<', sqlInstant(before))
          .select('n.version'),
      ),
    )
    .execute();
  await query(tx)
    .deleteFrom('mails')
    .where('entity_id', '=', entityId)
    .where('created_at', '<', sqlInstant(before))
    .where('key_id', 'in', (eb) =>
      eb
        .selectFrom('bindings')
        .where('entity_id', '=', entityId)
        .where('lock_id', '=', lockId)
        .select('key_id'),
    )
    .execute();
  await query(tx)
    .deleteFrom('pin_values')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('lives_until', '<', sqlInstant(before))
    .execute();
  await query(tx)
    .deleteFrom('credentials')
    .where('entity_id', '=', entityId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('card_values')
        .where('entity_id', '=', entityId)
        .where('lock_id', '=', lockId)
        .where('lives_until', '<', sqlInstant(before))
        .select('credential_id'),
    )
    .execute();
  await forgetSecrets(tx, { entityId, lockId }, before);
}

/** What people and doors knew an ended Key by. */
async function forgetSecrets(
  tx: Transaction,
  { entityId, lockId }: { readonly entityId: string; readonly lockId: string },
  before: number,
): Promise<void> {
  await query(tx)
    .updateTable('credentials as c')
    .set({ sealed_secret: null, sealed_digest: null })
    .where('c.entity_id', '=', entityId)
    .where('c.key_id', 'in', (eb) =>
      eb
        .selectFrom('keys as k')
        .innerJoin('bindings as b', (join) =>
          join.onRef('b.entity_id', '=', 'k.entity_id').onRef('b.key_id', '=', 'k.id'),
        )
        .where('k.entity_id', '=', entityId)
        .where('b.lock_id', '=', lockId)
        .where('b.enforced_at', 'is not', null)
        .where((where) =>
          where.or([
            where('k.ended_at', '<', sqlInstant(before)),
            where('k.valid_until', '<', sqlInstant(before)),
          ]),
        )
        .select('k.id'),
    )
    .where((where) =>
      where.or([where('sealed_secret', 'is not', null), where('sealed_digest', 'is not', null)]),
    )
    .execute();
}
