import type { AuditFilter, AuditSorting } from '@claviger/protocol';
import { sql, type Expression, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlInstant } from '../../platform/database/query.ts';

const uuidForm = z.uuid();

/** The filter as the database knows it. */
export interface EntryFilter extends Omit<AuditFilter, 'search' | 'alsoOperations'> {
  /** Acts of this Account alone. */
  readonly accountId?: string | undefined;
  readonly search?: Search | undefined;
}

/** A text that is part of an operation or a code, of what operations are called, or of a person's name. */
export interface Search {
  readonly text: string;
  readonly operations: readonly string[];
  readonly userIds: readonly string[];
}

/** The place of an entry in a sorted list. */
export interface Place {
  /** What the list is sorted by; empty for the time. */
  readonly value: string;
  readonly at: number;
  readonly sequence: number;
}

export interface Sorting {
  readonly by: AuditSorting;
  readonly isDescending: boolean;
}

function selectEntries(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('audit_entries as e')
    .where('e.chain', '=', entityId)
    .select((eb) => [
      ...(['e.sequence', 'e.hash', 'e.user_id', 'e.account_id', 'e.actor', 'e.mandate_id'] as const),
      ...(['e.operation', 'e.object_type', 'e.object_id', 'e.outcome', 'e.code', 'e.cause'] as const),
      ...(['e.reason', 'e.subject_id', 'e.before', 'e.after', 'e.count', 'e.first_at', 'e.at'] as const),
      ...(['e.request_id', 'e.address'] as const),
      eb.fn
        .coalesce(
          eb
            .selectFrom('locks as l')
            .where('l.entity_id', '=', entityId)
            .whereRef('l.id', '=', 'e.object_id')
            .select('l.name'),
          eb.selectFrom('entities as n').whereRef('n.id', '=', 'e.object_id').select('n.name'),
        )
        .as('object_name'),
      eb
        .selectFrom('keys as k')
        .where('k.entity_id', '=', entityId)
        .whereRef('k.id', '=', 'e.object_id')
        .select('k.holder_name')
        .as('holder_name'),
    ]);
}

export type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number];

/** A text as it is, for `like`. */
function literally(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

function fits({ text, operations, userIds }: Search): Expression<SqlBool> {
  const like = literally(text);
  return sql<boolean>`(e.operation ilike ${like} or e.code ilike ${like}
    or e.operation = any (${[...operations]}::text[]) or e.user_id = any (${[...userIds]}::uuid[]))`;
}

/** About this lock, or about a Key that has a Binding there. */
function concerns(entityId: string, lockId: string): Expression<SqlBool> {
  return sql<boolean>`(e.object_id = ${lockId}::uuid or e.object_id in (
    select b.key_id from claviger.bindings b
      where b.entity_id = ${entityId}::uuid and b.lock_id = ${lockId}::uuid))`;
}

/** A whole identifier, or a part of one, with dashes or without. */
function isAbout(object: string): Expression<SqlBool> {
  if (uuidForm.safeParse(object).success) return sql<boolean>`e.object_id = ${object}::uuid`;
  const part = literally(object.replaceAll('-', ''));
  return sql<boolean>`replace(e.object_id::text, '-', '') like ${part}`;
}

function filtered(tx: Transaction, entityId: string, filter: EntryFilter) {
  let entries = selectEntries(tx, entityId);
  if (filter.accountId !== undefined) entries = entries.where('e.account_id', '=', filter.accountId);
  if (filter.search !== undefined) entries = entries.where(fits(filter.search));
  if (filter.operation !== undefined) entries = entries.where('e.operation', '=', filter.operation);
  if (filter.outcome !== undefined) entries = entries.where('e.outcome', '=', filter.outcome);
  if (filter.lockId !== undefined) entries = entries.where(concerns(entityId, filter.lockId));
  if (filter.objectId !== undefined) entries = entries.where(isAbout(filter.objectId));
  if (filter.userId !== undefined) entries = entries.where('e.user_id', '=', filter.userId);
  if (filter.requestId !== undefined) entries = entries.where('e.request_id', '=', filter.requestId);
  if (filter.from !== undefined) entries = entries.where('e.at', '>=', sqlInstant(filter.from));
  if (filter.until !== undefined) entries = entries.where('e.at', '<', sqlInstant(filter.until));
  return entries;
}

/** The place as a row that compares with the columns of the sorting. */
function isAfter({ value, at, sequence }: Place, { by, isDescending }: Sorting): Expression<SqlBool> {
  const place = sql`(${value}::text, ${sqlInstant(at)}, ${sequence}::bigint)`;
  const sorted = by === 'time' ? sql`''::text` : sql`${sql.ref(`e.${by}`)}`;
  const columns = sql`(${sorted}, e.at, e.sequence)`;
  return isDescending ? sql<boolean>`${columns} < ${place}` : sql<boolean>`${columns} > ${place}`;
}

/** By time alone, so that the index of the list gives the next page. */
function isLater({ at, sequence }: Place, isDescending: boolean): Expression<SqlBool> {
  const place = sql`(${sqlInstant(at)}, ${sequence}::bigint)`;
  return isDescending
    ? sql<boolean>`(e.at, e.sequence) < ${place}`
    : sql<boolean>`(e.at, e.sequence) > ${place}`;
}

/** Entries of the Entity after a place, in the order of the sorting. */
export async function listEntries(
  tx: Transaction,
  entityId: string,
  wanted: {
    readonly filter: EntryFilter;
    readonly sorting: Sorting;
    readonly after?: Place | undefined;
    readonly limit: number;
  },
): Promise<EntryRow[]> {
  const { sorting, after, limit } = wanted;
  const direction = sorting.isDescending ? 'desc' : 'asc';
  let entries = filtered(tx, entityId, wanted.filter);
  if (after) {
    entries = entries.where(
      sorting.by === 'time' ? isLater(after, sorting.isDescending) : isAfter(after, sorting),
    );
  }
  if (sorting.by !== 'time') entries = entries.orderBy(`e.${sorting.by}`, direction);
  return entries.orderBy('e.at', direction).orderBy('e.sequence', direction).limit(limit).execute();
}

/** So many people the filter offers; who has not acted for longest is left out. */
export const peopleLimit = 500;

/** Who has acted in the Entity, each with the newest entry of that User: who acted last comes first. */
export async function listActors(tx: Transaction, entityId: string, accountId?: string) {
  let entries = query(tx)
    .selectFrom('audit_entries as e')
    .where('e.chain', '=', entityId)
    .where('e.user_id', 'is not', null);
  if (accountId !== undefined) entries = entries.where('e.account_id', '=', accountId);
  const newest = entries
    .distinctOn('e.user_id')
    .orderBy('e.user_id')
    .orderBy('e.at', 'desc')
    .orderBy('e.sequence', 'desc')
    .select(['e.user_id', 'e.actor', 'e.at', 'e.sequence']);
  return query(tx)
    .selectFrom(newest.as('n'))
    .orderBy('n.at', 'desc')
    .orderBy('n.sequence', 'desc')
    .limit(peopleLimit)
    .select(['n.user_id', 'n.actor'])
    .execute();
}
