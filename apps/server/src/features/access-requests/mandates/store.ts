import type { Instant } from '@claviger/domain';
import type { Mandate, MailLanguage } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';

/** A Mandate as it is shown, but for its locks. */
export type MandateRow = Omit<Mandate, 'locks'>;

function selectMandates(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('mandates as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .innerJoin('incoming_requests as i', (join) =>
      join.onRef('i.entity_id', '=', 'm.entity_id').onRef('i.id', '=', 'm.incoming_id'),
    )
    .where('m.entity_id', '=', entityId)
    .select([
      'm.id',
      'm.user_id as userId',
      'u.name',
      'i.email',
      'i.kind',
      'm.role',
      'm.from_at as from',
      'm.until_at as until',
      sql<boolean>`m.until_at <= clock_timestamp()`.as('isOver'),
      sql<number>`(select count(*) from claviger.keys k where k.entity_id = m.entity_id
        and k.mandate_id = m.id and k.adopted_at is null and k.state <> 'revoked')`.as('keyCount'),
    ]);
}

/**
 * Mandates that last, and those that are over and left Keys that nobody has adopted; the longest first.
 * Scope, here and below: the Entity, or its Owner.
 */
export function listMandates(tx: Transaction, entityId: string, limit: number): Promise<MandateRow[]> {
  return selectMandates(tx, entityId)
    .where(
      sql<boolean>`(m.until_at > clock_timestamp() or exists (select from claviger.keys k
        where k.entity_id = m.entity_id and k.mandate_id = m.id and k.adopted_at is null
          and k.state <> 'revoked'))`,
    )
    .orderBy('m.until_at', 'desc')
    .orderBy('m.id')
    .limit(limit)
    .execute();
}

export interface MandatePlace {
  readonly entityId: string;
  readonly mandateId: string;
}

export function findMandate(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
): Promise<MandateRow | undefined> {
  return selectMandates(tx, entityId).where('m.id', '=', mandateId).executeTakeFirst();
}

/** A lock of a Mandate. */
export interface MandateLock {
  readonly mandateId: string;
  readonly lockId: string;
  readonly name: string;
}

/** The locks of these Mandates, by name. */
export async function listLocksOf(
  tx: Transaction,
  entityId: string,
  mandateIds: readonly string[],
): Promise<MandateLock[]> {
  if (mandateIds.length === 0) return [];
  return query(tx)
    .selectFrom('mandate_locks as m')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'm.entity_id').onRef('l.id', '=', 'm.lock_id'),
    )
    .where('m.entity_id', '=', entityId)
    .where('m.mandate_id', 'in', [...mandateIds])
    .orderBy('l.name')
    .orderBy('l.id')
    .select(['m.mandate_id as mandateId', 'l.id as lockId', 'l.name'])
    .execute();
}

/** A Mandate that is held until the transaction ends. */
export interface HeldMandate {
  readonly userId: string;
  readonly incomingId: string;
  readonly until: Instant;
  readonly isOver: boolean;
  readonly isSettled: boolean;
}

/** Scope, here and below: the Entity. */
export function holdMandate(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
): Promise<HeldMandate | undefined> {
  return query(tx)
    .selectFrom('mandates')
    .where('entity_id', '=', entityId)
    .where('id', '=', mandateId)
    .select([
      'user_id as userId',
      'incoming_id as incomingId',
      'until_at as until',
      sql<boolean>`until_at <= clock_timestamp()`.as('isOver'),
      sql<boolean>`settled_at is not null`.as('isSettled'),
    ])
    .forUpdate()
    .executeTakeFirst();
}

/** To whom a mail about a Mandate goes, and in which language. */
export function findAsker(
  tx: Transaction,
  { entityId, incomingId }: { readonly entityId: string; readonly incomingId: string },
): Promise<{ readonly email: string; readonly language: MailLanguage } | undefined> {
  return query(tx)
    .selectFrom('incoming_requests')
    .where('entity_id', '=', entityId)
    .where('id', '=', incomingId)
    .select(['email', 'language'])
    .executeTakeFirst();
}

/** Ends a Mandate that lasts, and its role, now by the clock of the database. */
export async function endNow(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
  endedBy: string,
): Promise<void> {
  const now = sql<Date>`greatest(from_at, date_trunc('milliseconds', clock_timestamp()))`;
  const { until } = await query(tx)
    .updateTable('mandates')
    .set({ until_at: now, ended_by: endedBy })
    .where('entity_id', '=', entityId)
    .where('id', '=', mandateId)
    .returning('until_at as until')
    .executeTakeFirstOrThrow();
  await query(tx)
    .updateTable('memberships')
    .set({ until: new Date(until) })
    .where('entity_id', '=', entityId)
    .where('mandate_id', '=', mandateId)
    .execute();
}

/**
 * Ends the Mandate that gives this User the role, now by the clock of the database; its id, if there was one.
 * Scope: the Entity, or its Owner.
 */
export async function endMandateOf(
  tx: Transaction,
  { entityId, userId, by }: { readonly entityId: string; readonly userId: string; readonly by: string },
): Promise<string | undefined> {
  const rows = await queryNamed<{ id: string }>(tx, {
    name: 'end_mandate_of_role',
    text: `update claviger.mandates m
      set until_at = greatest(m.from_at, date_trunc('milliseconds', clock_timestamp())), ended_by = $3
      from claviger.memberships s where s.entity_id = $1 and s.user_id = $2 and m.entity_id = s.entity_id
        and m.id = s.mandate_id and m.until_at > clock_timestamp() returning m.id`,
    values: [entityId, userId, by],
  });
  return rows[0]?.id;
}

/** What was made under it is suspended. */
export async function noteSettled(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
  at: Instant,
): Promise<void> {
  await query(tx)
    .updateTable('mandates')
    .set({ settled_at: new Date(at) })
    .where('entity_id', '=', entityId)
    .where('id', '=', mandateId)
    .execute();
}
