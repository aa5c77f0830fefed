import type { ActivityType, CredentialMethod, OpeningMethod, Reason } from '@claviger/domain';
import type { ActivityEvent, Dashboard } from '@claviger/protocol';
import { sql, type Expression, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlInstant } from '../../platform/database/query.ts';

const uuidForm = z.uuid();

/** The place of an event in the list: newest first, then by device, log and sequence. */
export interface Place {
  readonly at: number;
  readonly deviceId: string;
  readonly logEpoch: number;
  readonly sequence: number;
}

/** Whom an e-mail address belongs to here: Users, and Keys that were mailed there. */
export interface Person {
  readonly userIds: readonly string[];
  readonly keyIds: readonly string[];
}

export interface EventFilter {
  readonly lockId?: string | undefined;
  /** Where the lock is now; a lock that was moved takes its events along. */
  readonly location?: string | undefined;
  readonly types?: readonly ActivityType[] | undefined;
  /** The identifier of a Key, or its beginning, as identifiers are written. */
  readonly key?: string | undefined;
  readonly person?: Person | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

function selectEvents(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('activity_events as e')
    .where('e.entity_id', '=', entityId)
    .select((eb) => [
      eb
        .selectFrom('locks as l')
        .whereRef('l.entity_id', '=', 'e.entity_id')
        .whereRef('l.id', '=', 'e.lock_id')
        .select('l.location')
        .as('location'),
      // Its door tells of an opening which command it was for; one that presents a Key is that of its link.
      eb.fn
        .coalesce(
          'e.method',
          eb
            .selectFrom('commands as c')
            .whereRef('c.entity_id', '=', 'e.entity_id')
            .whereRef('c.id', '=', 'e.command_id')
            .where('c.key_id', 'is not', null)
            .select(eb.val<string>('link').as('method')),
        )
        .as('method'),
      'e.key_id',
      'e.device_id',
      'e.log_epoch',
      'e.sequence',
      'e.lock_id',
      'e.lock_name',
      'e.type',
      'e.at',
      'e.uncertainty_ms',
      'e.received_at',
      'e.is_static',
      'e.second_method',
      'e.reason',
      'e.command_id',
      'e.detail',
      'e.unknown_since',
      'e.person_name',
    ]);
}

type EventRow = Awaited<ReturnType<ReturnType<typeof selectEvents>['execute']>>[number];

/** An event, and what beside it lists and exports need. */
export interface ListedEvent extends ActivityEvent {
  readonly place: Place;
  /** Where the lock is now. */
  readonly location?: string;
}

function eventOf(row: EventRow): ListedEvent {
  return {
    id: `${row.device_id}.${row.log_epoch}.${row.sequence}`,
    lockId: row.lock_id,
    lockName: row.lock_name,
    type: row.type as ActivityType,
    at: row.at,
    uncertaintyMs: row.uncertainty_ms,
    receivedAt: row.received_at,
    sequence: row.sequence,
    logEpoch: row.log_epoch,
    ...(row.method === null ? {} : { method: row.method as OpeningMethod }),
    ...(row.is_static !== null && { isStatic: row.is_static }),
    ...(row.second_method !== null && { second: row.second_method as CredentialMethod }),
    ...(row.reason === null ? {} : { reason: row.reason as Reason }),
    ...(row.person_name === null ? {} : { person: row.person_name }),
    ...(row.command_id === null ? {} : { commandId: row.command_id }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.unknown_since === null ? {} : { unknownSince: row.unknown_since }),
    ...(row.location === null ? {} : { location: row.location }),
    ...(row.key_id === null ? {} : { keyId: row.key_id }),
    place: { at: row.at, deviceId: row.device_id, logEpoch: row.log_epoch, sequence: row.sequence },
  };
}

/** About this Key; a whole identifier is found by its index. */
function isAboutKey(key: string): Expression<SqlBool> {
  return uuidForm.safeParse(key).success
    ? sql<boolean>`e.key_id = ${key}::uuid`
    : sql<boolean>`e.key_id is not null and starts_with(e.key_id::text, ${key})`;
}

/** So many Users and so many Keys of matching addresses are looked for, the newest; beyond it says little. */
const matchesLimit = 10_000;

/**
 * The Users and Keys of the e-mail addresses that have this text in them, whose capitals do not matter. A Key
 * is of every address that it was mailed to, as long as its mails are kept. All addresses of the Entity are
 * read through: three letters are in too many of them for an index to help.
 */
export async function findPerson(tx: Transaction, entityId: string, email: string): Promise<Person> {
  const part = email.toLowerCase();
  const has = (address: string) => sql<boolean>`strpos(${sql.ref(address)}, ${part}) > 0`;
  const users = await query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where(sql<boolean>`strpos(lower(u.email), ${part}) > 0`)
    .select('u.id')
    .orderBy('u.id', 'desc')
    .limit(matchesLimit)
    .execute();
  const keys = await query(tx)
    .selectFrom('keys as k')
    .where('k.entity_id', '=', entityId)
    .where(has('k.email_lower'))
    .select('k.id')
    .orderBy('k.id', 'desc')
    .limit(matchesLimit)
    .execute();
  const mailed = await query(tx)
    .selectFrom('mails as m')
    .where('m.entity_id', '=', entityId)
    .where(has('m.recipient_lower'))
    .where('m.key_id', 'is not', null)
    .select('m.key_id as id')
    .$narrowType<{ id: string }>()
    .distinct()
    .orderBy('m.key_id', 'desc')
    .limit(matchesLimit)
    .execute();
  return { userIds: users.map(({ id }) => id), keyIds: [...keys, ...mailed].map(({ id }) => id) };
}

/** Asked for by one of these Users, or about one of these Keys. */
function isOf({ userIds, keyIds }: Person): Expression<SqlBool> {
  return sql<boolean>`(e.user_id = any(${[...userIds]}::uuid[]) or e.key_id = any(${[...keyIds]}::uuid[]))`;
}

/** Events of the Entity that come after a place, newest first. */
export async function listEvents(
  tx: Transaction,
  entityId: string,
  wanted: { readonly filter: EventFilter; readonly after?: Place | undefined; readonly limit: number },
): Promise<ListedEvent[]> {
  const { filter, after, limit } = wanted;
  const { location, person } = filter;
  let events = selectEvents(tx, entityId);
  if (filter.lockId !== undefined) events = events.where('e.lock_id', '=', filter.lockId);
  if (location !== undefined) {
    events = events.where('e.lock_id', 'in', (eb) =>
      eb.selectFrom('locks').where('entity_id', '=', entityId).where('location', '=', location).select('id'),
    );
  }
  if (filter.key !== undefined) events = events.where(isAboutKey(filter.key));
  if (person) events = events.where(isOf(person));
  if (filter.types !== undefined) events = events.where('e.type', 'in', [...filter.types]);
  if (filter.from !== undefined) events = events.where('e.at', '>=', sqlInstant(filter.from));
  if (filter.until !== undefined) events = events.where('e.at', '<', sqlInstant(filter.until));
  if (after) {
    events = events.where(
      sql<boolean>`(e.at, e.device_id, e.log_epoch, e.sequence)
        < (${sqlInstant(after.at)}, ${after.deviceId}::uuid, ${after.logEpoch}, ${after.sequence})`,
    );
  }
  const rows = await events
    .orderBy('e.at', 'desc')
    .orderBy('e.device_id', 'desc')
    .orderBy('e.log_epoch', 'desc')
    .orderBy('e.sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

/** Events of one log from one sequence number to another, newest first, at most `limit`. */
export async function listStored(
  tx: Transaction,
  entityId: string,
  stored: {
    readonly deviceId: string;
    readonly logEpoch: number;
    readonly from: number;
    readonly through: number;
    readonly limit: number;
  },
): Promise<ActivityEvent[]> {
  const rows = await selectEvents(tx, entityId)
    .where('e.device_id', '=', stored.deviceId)
    .where('e.log_epoch', '=', stored.logEpoch)
    .where('e.sequence', '>=', stored.from)
    .where('e.sequence', '<=', stored.through)
    .orderBy('e.sequence', 'desc')
    .limit(stored.limit)
    .execute();
  return rows.map(eventOf);
}

async function countLocks(tx: Transaction, entityId: string): Promise<Dashboard['locks']> {
  const row = await query(tx)
    .selectFrom('locks as l')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .where('l.entity_id', '=', entityId)
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      eb.fn.countAll<number>().filterWhere('l.status', '=', 'active').as('active'),
      eb.fn
        .countAll<number>()
        .filterWhere((where) =>
          where.and([where('l.status', '=', 'active'), where('s.is_online', '=', true)]),
        )
        .as('online'),
    ])
    .executeTakeFirstOrThrow();
  return { total: row.total, active: row.active, online: row.online };
}

/**
 * How many refusals an event tells of: one, unless a door gathered them. Nobody is refused a million times
 * within the minute that is gathered, and what is in no such form is one.
 */
const refusals = sql<number>`sum(coalesce(
  substring(e.detail from '^refused_(?:from|at_least|more) ([0-9]{1,6})(?: |$)')::int, 1))`;

const hourOfDay = sql<number>`extract(hour from e.at at time zone n.zone)::int`;

/** The metrics of the Dashboard; a day is one of the Entity's calendar. A refusal counts, not its event. */
export async function readDashboard(tx: Transaction, entityId: string): Promise<Dashboard> {
  const locks = await countLocks(tx, entityId);
  const rows = await query(tx)
    .selectFrom('activity_events as e')
    .innerJoin('entities as n', 'n.id', 'e.entity_id')
    .where('e.entity_id', '=', entityId)
    .where('e.type', 'in', ['lock_unlocked', 'key_refused', 'refusals_gathered', 'command_refused'])
    .where(sql<boolean>`e.at >= date_trunc('day', now() at time zone n.zone) at time zone n.zone`)
    .groupBy([hourOfDay, 'e.type'])
    .select([hourOfDay.as('hour'), 'e.type', refusals.as('count')])
    .execute();
  const unlocked = rows.filter(({ type }) => type === 'lock_unlocked');
  const refused = rows.filter(({ type }) => type !== 'lock_unlocked');
  const sum = (counted: readonly { readonly count: number }[]): number =>
    counted.reduce((total, { count }) => total + count, 0);
  const newest = await listEvents(tx, entityId, { filter: {}, limit: 1 });
  return {
    locks,
    unlockedToday: sum(unlocked),
    refusalsToday: sum(refused),
    unlockedByHour: Array.from({ length: 24 }, (_, hour) => sum(unlocked.filter((row) => row.hour === hour))),
    ...(newest[0] ? { lastEventAt: newest[0].at } : {}),
  };
}
