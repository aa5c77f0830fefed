import {
  hexText,
  type AuditEntry,
  type AuditExport,
  type AuditFilter,
  type AuditListQuery,
  type AuditPage,
  type AuditPeople,
} from '@claviger/protocol';
import { z } from 'zod';
import {
  openActor,
  openFields,
  openReason,
  type Audit,
  type SubjectKey,
} from '../../platform/audit/index.ts';
import { csvPages } from '../../platform/csv/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { cursorOf, placeIn, placeInstant, type Member } from '../../platform/http/index.ts';
import { headingsIn, rowOf } from './export.ts';
import { seesOwnActsOnly } from './permissions.ts';
import {
  listActors,
  listEntries,
  type EntryFilter,
  type EntryRow,
  type Place,
  type Sorting,
} from './store.ts';

/** Rows that one page of an export reads at once. */
const exportPageSize = 1_000;

const placeForm = z.tuple([z.string().regex(/^[a-z_.]{0,80}$/), placeInstant, z.int().positive()]);

/** A cursor is the place of the last entry that was seen; a made-up one is refused. */
function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [value, at, sequence] = placeIn(cursor, placeForm);
  return { value, at, sequence };
}

function afterRow(row: EntryRow, { by }: Sorting): string {
  return cursorOf([by === 'time' ? '' : row[by], row.at, row.sequence]);
}

type Keys = ReadonlyMap<string, SubjectKey>;

/** The keys of everybody of whom these rows tell, holders of Keys that they are about included. */
async function keysOf(
  tx: Transaction,
  rows: readonly EntryRow[],
  { audit, entityId }: { readonly audit: Audit; readonly entityId: string },
): Promise<Keys> {
  const subjectIds = new Set(
    rows.flatMap(({ user_id, subject_id, holder_name, object_id }) =>
      [user_id, subject_id, holder_name === null ? null : object_id].filter((id) => id !== null),
    ),
  );
  return audit.keysOf(tx, { entityId, subjectIds: [...subjectIds] });
}

function actorOf(row: EntryRow, keys: Keys): Partial<AuditEntry> {
  const opened = openActor({ userId: row.user_id, actor: row.actor }, keys);
  const address = opened?.address ?? row.address;
  return {
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(opened?.name !== undefined && { name: opened.name }),
    ...(address !== null && { address }),
    ...(opened?.apiKey !== undefined && { apiKey: opened.apiKey }),
    ...(row.user_id !== null && !opened && { isActorErased: true as const }),
  };
}

type Fields = AuditEntry['after'];

function toldText(told: readonly Fields[], name: string): string | undefined {
  return told.map((fields) => fields?.[name]).find((text) => typeof text === 'string');
}

/**
 * What the object is called: as the entry itself tells of a Key's holder and of an API key, which may be gone;
 * else as it is called now.
 */
function nameOf(row: EntryRow, told: readonly Fields[], keys: Keys): string | null {
  if (row.object_type === 'api_key') return toldText(told, 'name') ?? null;
  if (row.holder_name === null) return row.object_name;
  const isErased = row.object_id !== null && keys.get(row.object_id) === 'erased';
  return toldText(told, 'holder') ?? (isErased ? null : row.holder_name);
}

/** What a row tells, as far as it can still be read. */
function entryOf(row: EntryRow, keys: Keys): AuditEntry {
  const before = openFields(row.before, row.subject_id, keys);
  const after = openFields(row.after, row.subject_id, keys);
  const texts = Object.entries({
    objectType: row.object_type,
    objectId: row.object_id,
    objectName: nameOf(row, [after, before], keys),
    code: row.code,
    cause: row.cause,
    mandateId: row.mandate_id,
    requestId: row.request_id,
  }).filter(([, text]) => text !== null);
  return {
    ...{ sequence: row.sequence, at: row.at, count: row.count, operation: row.operation },
    ...{ outcome: row.outcome, hash: hexText(row.hash) },
    ...(row.first_at !== null && { firstAt: row.first_at }),
    ...(Object.fromEntries(texts) as Partial<AuditEntry>),
    ...openReason({ reason: row.reason, subjectId: row.subject_id }, keys),
    ...actorOf(row, keys),
    ...(before && { before }),
    ...(after && { after }),
  };
}

/** Everybody who has acted, with the names of their newest entries. */
export async function listPeople(tx: Transaction, actor: Member, audit: Audit): Promise<AuditPeople> {
  const { entityId, accountId, role } = actor;
  const rows = await listActors(tx, entityId, seesOwnActsOnly(role) ? accountId : undefined);
  const subjectIds = rows.flatMap(({ user_id }) => user_id ?? []);
  const keys = await audit.keysOf(tx, { entityId, subjectIds });
  const items = rows.flatMap(({ user_id: userId, actor: sealed }) => {
    if (userId === null) return [];
    const name = openActor({ userId, actor: sealed }, keys)?.name;
    return [{ userId, ...(name !== undefined && { name }) }];
  });
  const named = (one: { readonly name?: string }): string => one.name ?? '\uffff';
  return { items: items.sort((one, other) => named(one).localeCompare(named(other))) };
}

/** Names are sealed, so a text is looked for in those of everybody who has acted. */
async function filterOf(
  tx: Transaction,
  actor: Member,
  { wanted, audit }: { readonly wanted: AuditFilter; readonly audit: Audit },
): Promise<EntryFilter> {
  const { search, alsoOperations = [], ...same } = wanted;
  const own = seesOwnActsOnly(actor.role) ? { accountId: actor.accountId } : {};
  if (search === undefined) return { ...same, ...own };
  const text = search.toLocaleLowerCase();
  const { items } = await listPeople(tx, actor, audit);
  const named = items.filter(({ name }) => name?.toLocaleLowerCase().includes(text));
  const userIds = named.map(({ userId }) => userId);
  return { ...same, ...own, search: { text: search, operations: alsoOperations, userIds } };
}

/** One page of the Audit. Refuses invalid_input for a cursor that is none. */
export async function listPage(
  tx: Transaction,
  actor: Member,
  { wanted, audit }: { readonly wanted: AuditListQuery; readonly audit: Audit },
): Promise<AuditPage> {
  const { sort, order, cursor, limit, ...filter } = wanted;
  const { entityId } = actor;
  const sorting = { by: sort, isDescending: order === 'desc' };
  const found = await listEntries(tx, entityId, {
    filter: await filterOf(tx, actor, { wanted: filter, audit }),
    sorting,
    after: placeOf(cursor),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const keys = await keysOf(tx, rows, { audit, entityId });
  const last = rows.at(-1);
  return {
    items: rows.map((row) => entryOf(row, keys)),
    ...(found.length > limit && last ? { next: afterRow(last, sorting) } : {}),
  };
}

/** The CSV of everything that the filter matches, newest first; each page is a transaction of its own. */
export async function exportCsv(
  actor: Member,
  { wanted, audit }: { readonly wanted: AuditExport; readonly audit: Audit },
  transact: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): Promise<AsyncGenerator<string>> {
  const { language, ...given } = wanted;
  const { entityId } = actor;
  const sorting = { by: 'time', isDescending: true } as const;
  const filter = await transact((tx) => filterOf(tx, actor, { wanted: given, audit }));
  return csvPages<Place>(headingsIn(language), async (after) => {
    const entries = await transact(async (tx) => {
      const rows = await listEntries(tx, entityId, { filter, sorting, after, limit: exportPageSize });
      const keys = await keysOf(tx, rows, { audit, entityId });
      return rows.map((row) => entryOf(row, keys));
    });
    const last = entries.length < exportPageSize ? undefined : entries.at(-1);
    return { rows: entries.map(rowOf), next: last && { value: '', at: last.at, sequence: last.sequence } };
  });
}
