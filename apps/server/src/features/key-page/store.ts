import type { Assurance, Instant } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlInstant } from '../../platform/database/query.ts';
import type { ToldBinding } from '../keys/index.ts';

/** The place that a Key leads to, as its holder is told of it. */
export interface PageLock extends ToldBinding {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly deviceId: string;
  readonly model: string;
  readonly minimumAssurance: Assurance;
  readonly takesStaticQr: boolean;
  readonly takesCardNumbers: boolean;
  /** Whether the list that the door has was signed since the Key was made. */
  readonly isKeyKnown: boolean;
  /** Whether the door has a list at all: by it a door verifies QRs. */
  readonly hasList: boolean;
  /** Grants whose events came, and openings that the door took and whose events are on the way. */
  readonly usesSpent: number;
  readonly unlockForMs: number;
}

export interface PageEntity {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
}

export function findEntity(tx: Transaction, entityId: string): Promise<PageEntity> {
  return query(tx)
    .selectFrom('entities')
    .where('id', '=', entityId)
    .select(['name', 'address', 'zone'])
    .executeTakeFirstOrThrow();
}

/** What a door tells of an opening that it took. */
const takenStages = ['accepted', 'unlocked', 'opened', 'closed', 'relocked', 'interrupted'] as const;

/** An event that has not come so long after its opening waits for nobody: the count says what is known. */
const eventComesWithinMs = 60 * 60_000;

/**
 * Openings by this Key at this lock that the door took and whose events have not come. Where the door has
 * said since how often it let the Key in, they are in that number: what would tell of them is lost.
 */
const openingsOnTheWay = (now: Instant) =>
  sql<number>`(select count(*)::integer from claviger.commands as c
    where c.entity_id = b.entity_id and c.key_id = b.key_id and c.lock_id = b.lock_id
      and c.issued_at > ${sqlInstant(now - eventComesWithinMs)}
      and (select min(r.at) from claviger.command_stages as r
        where r.entity_id = c.entity_id and r.command_id = c.id and r.stage = any(${takenStages})
      ) > coalesce(b.uses_told_at, '-infinity')
      and not exists (select from claviger.activity_events as e
        where e.entity_id = c.entity_id and e.device_id = c.device_id and e.command_id = c.id
          and e.type = 'key_accepted'))`;

/** By an older list the door knows nothing of the Key; else it is the newest change that it lacks. */
const isKeyKnown = sql<boolean>`exists (select from (
    select entity_id, lock_id, incarnation, version, signed_at from claviger.access_lists
    union all
    select entity_id, lock_id, incarnation, version, signed_at from claviger.list_deltas
  ) as a
  where a.entity_id = i.entity_id and a.lock_id = i.lock_id
    and (a.incarnation, a.version) = (i.told_incarnation, i.told_version) and a.signed_at >= k.created_at)`;

/** The locks of a Key that it was not taken off, by name. */
export function listLocksOf(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
  now: Instant,
): Promise<PageLock[]> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .innerJoin('keys as k', (join) =>
      join.onRef('k.entity_id', '=', 'b.entity_id').onRef('k.id', '=', 'b.key_id'),
    )
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .leftJoin('lock_lists as i', (join) =>
      join.onRef('i.entity_id', '=', 'b.entity_id').onRef('i.lock_id', '=', 'b.lock_id'),
    )
    .where('b.entity_id', '=', entityId)
    .where('b.key_id', '=', keyId)
    .where('b.state', '<>', 'revoked')
    .orderBy('l.name')
    .orderBy('l.id')
    .select([
      'l.id',
      'l.name',
      'l.location',
      'l.device_id as deviceId',
      'd.model',
      'l.minimum_assurance as minimumAssurance',
      'l.takes_static_qr as takesStaticQr',
      'l.takes_card_numbers as takesCardNumbers',
      'b.state',
      'b.since',
      'b.enforced_at as enforcedAt',
      'i.refused_at as refusedAt',
      isKeyKnown.as('isKeyKnown'),
      sql<boolean>`i.told_version is not null`.as('hasList'),
      's.is_online as isOnline',
      's.offline_since as offlineSince',
      's.doubt_since as doubtSince',
      'b.counter_lost_at as counterLostAt',
      'b.is_count_unsure as isCountUnsure',
      sql<number>`b.uses_spent + ${openingsOnTheWay(now)}`.as('usesSpent'),
      'l.unlock_for_ms as unlockForMs',
    ])
    .execute();
}

/** The lock of a command that this Key asked for, or undefined. */
export async function findCommandLock(
  tx: Transaction,
  command: { readonly entityId: string; readonly keyId: string; readonly commandId: string },
): Promise<string | undefined> {
  const row = await query(tx)
    .selectFrom('commands')
    .where('entity_id', '=', command.entityId)
    .where('key_id', '=', command.keyId)
    .where('id', '=', command.commandId)
    .select('lock_id')
    .executeTakeFirst();
  return row?.lock_id;
}

/** Waits until nobody else works on this device; the authority takes the same lock. */
export async function waitForDevice(
  tx: Transaction,
  { entityId, deviceId }: { readonly entityId: string; readonly deviceId: string },
): Promise<void> {
  await query(tx)
    .selectFrom('device_states')
    .where('entity_id', '=', entityId)
    .where('device_id', '=', deviceId)
    .select('device_id')
    .forUpdate()
    .execute();
}
