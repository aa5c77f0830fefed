import { routineTypes, type ActivityType } from '@claviger/domain';
import type { ActivityExport, ActivityFilter, ActivityPage } from '@claviger/protocol';
import { z } from 'zod';
import { csvPages } from '../../platform/csv/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { cursorOf, placeIn, placeInstant } from '../../platform/http/index.ts';
import { headingsIn, rowOf } from './export.ts';
import { findPerson, listEvents, type EventFilter, type Place } from './store.ts';

/** Rows that one page of an export reads at once. */
const exportPageSize = 1_000;

const placeForm = z.tuple([placeInstant, z.uuid(), z.int(), z.int()]);

/** A cursor is the place of the last event that was seen; a made-up one is refused. */
function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [at, deviceId, logEpoch, sequence] = placeIn(cursor, placeForm);
  return { at, deviceId, logEpoch, sequence };
}

function afterPlace({ at, deviceId, logEpoch, sequence }: Place): string {
  return cursorOf([at, deviceId, logEpoch, sequence]);
}

/** Routine monitoring shows its own types; a type that was chosen, or Advanced, shows what it says. */
function typesOf({ type, advanced }: ActivityFilter): readonly ActivityType[] | undefined {
  if (type !== undefined) return [type];
  return advanced ? undefined : routineTypes;
}

/** The filter with the identifiers that an e-mail address stands for. */
async function filterOf(tx: Transaction, entityId: string, wanted: ActivityFilter): Promise<EventFilter> {
  const { lockId, location, key, email, from, until } = wanted;
  const person = email === undefined ? undefined : await findPerson(tx, entityId, email);
  return { lockId, location, key, person, types: typesOf(wanted), from, until };
}

/** One page of Activity, newest first. Refuses invalid_input for a cursor that is none. */
export async function listPage(
  tx: Transaction,
  entityId: string,
  wanted: ActivityFilter & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<ActivityPage> {
  const after = placeOf(wanted.cursor);
  const filter = await filterOf(tx, entityId, wanted);
  const events = await listEvents(tx, entityId, { filter, after, limit: wanted.limit + 1 });
  const items = events.slice(0, wanted.limit);
  const last = items.at(-1);
  return { items, ...(events.length > wanted.limit && last ? { next: afterPlace(last.place) } : {}) };
}

/** The CSV of everything that the filter matches, page by page; each page is a transaction of its own. */
export async function exportCsv(
  entityId: string,
  wanted: ActivityExport,
  transact: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): Promise<AsyncGenerator<string>> {
  const filter = await transact((tx) => filterOf(tx, entityId, wanted));
  return csvPages<Place>(headingsIn(wanted.language), async (after) => {
    const page = { filter, after, limit: exportPageSize };
    const events = await transact((tx) => listEvents(tx, entityId, page));
    const next = events.length < exportPageSize ? undefined : events.at(-1)?.place;
    return { rows: events.map(rowOf), next };
  });
}
