import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Store, StoredEvent, StoreTransaction } from '@claviger/agent';
import { isSound, salvage } from './salvage.ts';
import { schema } from './schema.ts';

/** A write waits this long for another process that looks into the file (a backup, a technician). */
const busyTimeoutMs = 2_000;

/** A store of the first form, which kept them in one tree, becomes one of this form; all of it or nothing. */
function takeOverFirstForm(database: DatabaseSync): void {
  const first = database.prepare("select 1 from sqlite_schema where type = 'table' and name = 'memory'");
  if (first.get() === undefined) return;
  database.exec('begin immediate');
  database.exec('insert into records (name, value) select name, value from memory; drop table memory;');
  database.exec('commit');
}

/** Greater than whatever may follow a prefix. */
const lastCharacter = '\u{10ffff}';

interface EventRow {
  readonly sequence: number;
  readonly encoded: Uint8Array;
  readonly hash: Uint8Array;
}

function nameOf(row: unknown): string {
  return (row as { name: string }).name;
}

function eventOf(row: unknown): StoredEvent {
  const { sequence, encoded, hash } = row as EventRow;
  return { sequence, encoded, hash };
}

function transactionOn(database: DatabaseSync): StoreTransaction {
  const get = database.prepare('select value from records where name = ?');
  const put: StatementSync = database.prepare(
    'insert into records (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const remove = database.prepare('delete from records where name = ?');
  const names = database.prepare(
    'select name from records where name > ? and name < ? order by name limit ?',
  );
  const append = database.prepare('insert into events (sequence, encoded, hash) values (?, ?, ?)');
  const read = database.prepare(
    'select sequence, encoded, hash from events where sequence >= ? order by sequence limit ?',
  );
  const drop = database.prepare('delete from events where sequence between ? and ?');
  const count = database.prepare('select count(*) as count from events');
  return {
    get: (name) => (get.get(name) as { value: Uint8Array } | undefined)?.value,
    put: (name, value) => void put.run(name, value),
    remove: (name) => void remove.run(name),
    names: (prefix, after, limit) =>
      names.all(after > prefix ? after : prefix, `${prefix}${lastCharacter}`, limit).map(nameOf),
    appendEvent: ({ sequence, encoded, hash }) => void append.run(sequence, encoded, hash),
    readEvents: (fromSequence, limit) => read.all(fromSequence, limit).map(eventOf),
    countEvents: () => (count.get() as { count: number }).count,
    dropEvents: (fromSequence, throughSequence) => void drop.run(fromSequence, throughSequence),
  };
}

/** Opens the file, and closes it again if that fails: a database that is left open keeps others from it. */
function openWhole(path: string, work: (database: DatabaseSync) => void): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
    work(database);
    return database;
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

function makeSound(path: string, onSalvage: () => void): void {
  const database = openWhole(path, (opened) => {
    if (isSound(opened)) return;
    onSalvage();
    salvage(opened, path);
  });
  if (database.isOpen) database.close();
}

/**
 * The agent's memory in one SQLite file: a committed transaction survives a power cut (WAL with synchronous
 * FULL), one that failed has left nothing. A file of which SQLite finds a part damaged is made anew of what
 * can be read of it, and `onSalvage` hears of that; throws where it cannot be read as a database.
 */
export function openStore(path: string, onSalvage = (): void => undefined): Store & { close(): void } {
  makeSound(path, onSalvage);
  const database = openWhole(path, (opened) => {
    opened.exec(schema);
    takeOverFirstForm(opened);
  });
  const transaction = transactionOn(database);
  return {
    transact: (work) => {
      database.exec('begin immediate');
      try {
        const result = work(transaction);
        database.exec('commit');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('rollback');
        throw error;
      }
    },
    close: () => {
      database.close();
    },
  };
}
