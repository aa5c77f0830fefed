import { linkSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { ledgerName } from '@claviger/agent';
import { schema } from './schema.ts';

/** `memory` is what `records` was in the first form of a store. */
const recordTables: readonly string[] = ['records', 'memory'];
const eventTable = 'events';

function tablesIn(database: DatabaseSync): string[] {
  const rows = database.prepare("select name from sqlite_schema where type = 'table'").all();
  return rows.map((row) => (row as { name: string }).name);
}

/** Whether the tables of a store are there, and no other: or none, in a file that is new. */
function hasOwnTables(tables: readonly string[]): boolean {
  if (tables.length === 0) return true;
  const records = tables.filter((name) => recordTables.includes(name));
  const isOnlyOurs = tables.every((name) => name === eventTable || records.includes(name));
  return isOnlyOurs && records.length > 0 && tables.includes(eventTable);
}

/** What SQLite says where a page or the schema cannot be read, or a row is none of a table (result codes). */
const unreadable: readonly number[] = [1, 11];
const unfit: readonly number[] = [19, 20];

function isOneOf(error: unknown, codes: readonly number[]): boolean {
  const { errcode } = error as { readonly errcode?: number };
  return errcode !== undefined && codes.includes(errcode & 0xff);
}

/** More faults than these say no more. */
const faultsLimit = 100;
const onlyOfIndex = /index sqlite_autoindex_/;

function faultsIn(database: DatabaseSync): string[] {
  try {
    const rows = database.prepare(`pragma integrity_check(${faultsLimit})`).all();
    return rows.map((row) => String(row['integrity_check'])).filter((fault) => fault !== 'ok');
  } catch (error) {
    // There are pages that not even the check can go on after.
    if (!isOneOf(error, unreadable)) throw error;
    return [String(error)];
  }
}

/** An index that does not say what its table says is made anew of it: nothing that is kept is in it alone. */
function hasIndexMended(database: DatabaseSync): boolean {
  try {
    database.exec('reindex');
  } catch (error) {
    // Two rows have one name now.
    if (!isOneOf(error, [...unreadable, ...unfit])) throw error;
    return false;
  }
  return faultsIn(database).length === 0;
}

/**
 * Whether every page of the file is where it belongs, every index says what its table says or can be made
 * to, and the tables are those of a store: a bit that turned there makes records absent, or writes fail. What
 * turned within a record or an event is found by who reads it. Throws where the file cannot be read as a
 * database.
 */
export function isSound(database: DatabaseSync): boolean {
  if (!hasOwnTables(tablesIn(database))) return false;
  const faults = faultsIn(database);
  return (
    faults.length === 0 || (faults.every((fault) => onlyOfIndex.test(fault)) && hasIndexMended(database))
  );
}

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Rows as far as they can be read. */
function* readRows(from: DatabaseSync, query: string): Generator<Row> {
  try {
    yield* from.prepare(query).iterate();
  } catch (error) {
    if (!isOneOf(error, unreadable)) throw error;
  }
}

function copyRow(row: Row, into: StatementSync): void {
  try {
    into.run(...Object.values(row));
  } catch (error) {
    if (!isOneOf(error, unfit)) throw error;
  }
}

/** From both ends up to what cannot be read: by the tables themselves, whatever their indexes say. */
function copyTable(from: DatabaseSync, query: string, into: StatementSync): void {
  for (const order of ['asc', 'desc'])
    for (const row of readRows(from, `${query} ${order}`)) copyRow(row, into);
}

const readEvents = `
  select sequence, encoded, hash from events where sequence <= ${Number.MAX_SAFE_INTEGER} order by sequence
`;

function copyInto(from: DatabaseSync, to: DatabaseSync): void {
  to.exec(schema);
  to.exec('begin immediate');
  const record = to.prepare('insert or ignore into records (name, value) values (?, ?)');
  const event = to.prepare('insert or ignore into events (sequence, encoded, hash) values (?, ?, ?)');
  copyTable(from, 'select name, value from records not indexed order by rowid', record);
  copyTable(from, 'select name, value from memory order by name', record);
  copyTable(from, readEvents, event);
  // What was read may be an older self, and what is missing nobody knows: with an unreadable ledger
  // everything absent counts as damaged, and the box is in doubt.
  to.prepare('insert or replace into records (name, value) values (?, ?)').run(ledgerName, new Uint8Array());
  to.exec('commit');
}

/**
 * Makes a file anew of what can be read of this one, which is closed and kept beside it, with `.damaged` at
 * its name. A power cut leaves the one or the other in its place. Throws where there is no room for it.
 */
export function salvage(from: DatabaseSync, path: string): void {
  const made = `${path}.new`;
  for (const left of [made, `${made}-journal`]) rmSync(left, { force: true });
  const to = new DatabaseSync(made);
  to.exec('pragma synchronous = full;');
  copyInto(from, to);
  to.close();
  // What is still in the write-ahead log of the former file must not be taken for that of the new one.
  from.exec('pragma wal_checkpoint(truncate);');
  from.close();
  for (const left of [`${path}-wal`, `${path}-shm`]) rmSync(left, { force: true });
  keepBeside(path);
  renameSync(made, path);
}

/** A second name for the file, which takes no room; not where the file system knows none. */
function keepBeside(path: string): void {
  const kept = `${path}.damaged`;
  rmSync(kept, { force: true });
  try {
    linkSync(path, kept);
  } catch {
    // Then it is gone with the rename.
  }
}
