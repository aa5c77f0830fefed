/** What a cell has changed: the rows of every table that it touched, before and after. */
import type { UndoneDatabase } from './composition/undone-database.ts';

/** A row that is there only before or only after, as PostgreSQL writes it in JSON. */
export interface ChangedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** All rows of tables, by the name of the table. */
export type Rows = ReadonlyMap<string, readonly string[]>;

const schemas = `('claviger', 'auth', 'graphile_worker')`;
/** What the queue keeps of itself. */
const unwatched = new Set(['graphile_worker._private_job_queues', 'graphile_worker._private_tasks']);

type Lanes = Pick<UndoneDatabase, 'tenants' | 'accounts'>;
type Lane = UndoneDatabase['tenants'];

function laneOf(lanes: Lanes, table: string): Lane {
  return table.startsWith('auth.') ? lanes.accounts : lanes.tenants;
}

async function readRows(lanes: Lanes, tables: readonly string[]): Promise<Rows> {
  const rows = new Map<string, readonly string[]>();
  for (const table of tables) {
    const found = await laneOf(lanes, table).asAdmin<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t`,
    );
    rows.set(
      table,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

/** Every row there is. */
export async function readAll(lanes: Lanes): Promise<Rows> {
  const tables = await lanes.tenants.asAdmin<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ${schemas}`,
  );
  return readRows(
    lanes,
    tables.map(({ name }) => name).filter((name) => !unwatched.has(name)),
  );
}

/** In which tables the transaction has written anything, also what it took back. */
async function touched(lanes: Lanes): Promise<string[]> {
  const found = await Promise.all(
    [lanes.tenants, lanes.accounts].map((lane) =>
      lane.asAdmin<{ name: string }>(
        `select format('%I.%I', schemaname, relname) as name from pg_stat_xact_user_tables
          where schemaname in ${schemas} and n_tup_ins + n_tup_upd + n_tup_del > 0`,
      ),
    ),
  );
  return found.flat().flatMap(({ name }) => (unwatched.has(name) ? [] : [name]));
}

function difference(table: string, before: readonly string[], after: readonly string[]): ChangedRow[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [...before.filter((row) => !now.has(row)), ...after.filter((row) => !old.has(row))].map((row) => ({
    table,
    row: JSON.parse(row) as ChangedRow['row'],
  }));
}

/** The rows of what was touched so far, above what was there in the beginning. */
export async function rowsNow(lanes: Lanes, base: Rows): Promise<Rows> {
  return new Map([...base, ...(await readRows(lanes, await touched(lanes)))]);
}

/** What is not as it was. */
export async function changesSince(lanes: Lanes, base: Rows): Promise<ChangedRow[]> {
  const now = await readRows(lanes, await touched(lanes));
  return [...now].flatMap(([table, rows]) => difference(table, base.get(table) ?? [], rows));
}
