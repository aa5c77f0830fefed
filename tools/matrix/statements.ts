/**
 * The policies by themselves: every table with rows of every tenant, asked in every scope what it may read,
 * add, change and remove. In a database whose keys and checks are gone, so that nothing but policies and
 * grants refuses.
 */
import type { Client } from 'pg';
import { addTallies, type Tally } from './tally.ts';
import { identifier, rowsOf, type Table } from './world/table-rows.ts';
import { tables as expectedTables, type TableRows, type Verb } from './expected/tables.ts';

export const scopes = ['none', 'installation', 'account', 'owner', 'entity', 'mandate', 'device'] as const;
type ScopeKind = (typeof scopes)[number];

const verbs: readonly Verb[] = ['read', 'add', 'change', 'remove'];

const bare = `do $$ declare c record; begin
  for c in select conrelid::regclass as t, conname from pg_constraint
    where connamespace = 'claviger'::regnamespace and conrelid <> 0 order by contype = 'p' desc loop
    execute format('alter table %s drop constraint if exists %I cascade', c.t, c.conname);
  end loop;
  for c in select indexrelid::regclass as i from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = 'claviger'::regnamespace and indisunique loop
    execute format('drop index %s', c.i);
  end loop;
  for c in select oid::regclass as t from pg_class
    where relnamespace = 'claviger'::regnamespace and relkind = 'r' loop
    execute format('alter table %s add column matrix_name text, add column matrix_mark text', c.t);
    execute format('alter table %s disable trigger user', c.t);
  end loop;
end $$`;

async function insert(client: Client, table: Table, row: object): Promise<void> {
  const columns = Object.keys(row)
    .map((name) => `"${name}"`)
    .join(', ');
  await client.query(
    `insert into claviger.${table.name} (${columns})
      select ${columns} from jsonb_populate_record(null::claviger.${table.name}, $1::jsonb)`,
    [JSON.stringify(row)],
  );
}

/** Prepares the database and plants a row of everybody in every table. */
export async function plantTables(client: Client): Promise<Table[]> {
  const found = await client.query<{ name: string; columns: string[]; nullable: boolean }>(
    `select c.relname::text as name, array_agg(a.attname::text) as columns,
        bool_or(a.attname = 'entity_id' and not a.attnotnull) as nullable
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'claviger'::regnamespace and c.relkind = 'r' group by 1 order by 1`,
  );
  await client.query(bare);
  const tables = found.rows.map(({ name, columns, nullable }) => ({
    ...{ name, columns },
    rows: rowsOf(name, columns, nullable),
  }));
  for (const table of tables) {
    for (const [label, row] of Object.entries(table.rows))
      await insert(client, table, { ...row, matrix_name: label });
  }
  return tables;
}

const idOfScope: Readonly<Record<ScopeKind, string>> = {
  ...{ none: '', installation: '', account: identifier('account', 1), owner: identifier('owner', 1) },
  ...{ entity: identifier('entity', 1), mandate: identifier('entity', 1) },
  device: identifier('device', 1),
};

const notAllowed = '42501';

/** Runs a statement as the server in this scope; false where PostgreSQL does not allow it. */
async function isAllowed(client: Client, work: () => Promise<unknown>): Promise<boolean> {
  await client.query('savepoint tried');
  await client.query('set local role claviger_app; set local search_path = claviger');
  try {
    await work();
    return true;
  } catch (error) {
    await client.query('rollback to savepoint tried');
    if ((error as { code?: string }).code === notAllowed) return false;
    throw error;
  } finally {
    await client.query('reset role');
  }
}

/** What the rows of a table are to one scope: for each row, what may be done with it. */
type Reach = ReadonlyMap<string, readonly Verb[]>;

/** One table in one scope, which each savepoint has again. */
interface Place {
  readonly client: Client;
  readonly table: Table;
  readonly scope: ScopeKind;
}

async function enter({ client, scope }: Place): Promise<void> {
  await client.query('savepoint scoped');
  const kind = { none: '', mandate: 'entity' }[scope as string] ?? scope;
  const mandate = scope === 'mandate' ? identifier('mandate', 1) : '';
  await client.query(
    `select set_config('claviger.scope_kind', $1, true), set_config('claviger.scope_id', $2, true),
      set_config('claviger.scope_mandate', $3, true), set_config('claviger.search', '{found}', true)`,
    [kind, idOfScope[scope], mandate],
  );
}

async function leave({ client }: Place): Promise<void> {
  await client.query('rollback to savepoint scoped');
}

async function namesIn({ client, table }: Place, where = ''): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select matrix_name as name from claviger.${table.name} ${where}`,
  );
  return rows.map(({ name }) => name);
}

async function readable(place: Place): Promise<string[]> {
  let found: string[] = [];
  await isAllowed(place.client, async () => {
    found = await namesIn(place);
  });
  return found;
}

async function addable(place: Place): Promise<string[]> {
  const { client, table } = place;
  const found: string[] = [];
  for (const [name, row] of Object.entries(table.rows)) {
    await enter(place);
    if (await isAllowed(client, () => insert(client, table, { ...row, matrix_name: name }))) found.push(name);
    await leave(place);
  }
  return found;
}

/** Without a condition, so that no policy for reading has a say. */
async function changeable(place: Place): Promise<string[]> {
  const statement = `update claviger.${place.table.name} set matrix_mark = 'changed'`;
  if (!(await isAllowed(place.client, () => place.client.query(statement)))) return [];
  return namesIn(place, `where matrix_mark = 'changed'`);
}

async function removable(place: Place): Promise<string[]> {
  const statement = `delete from claviger.${place.table.name}`;
  if (!(await isAllowed(place.client, () => place.client.query(statement)))) return [];
  const left = await namesIn(place);
  return Object.keys(place.table.rows).filter((name) => !left.includes(name));
}

const finders = { read: readable, add: addable, change: changeable, remove: removable } as const;

async function reachOf(place: Place): Promise<Reach> {
  const reach = new Map<string, Verb[]>(Object.keys(place.table.rows).map((name) => [name, []]));
  for (const verb of verbs) {
    await enter(place);
    for (const name of await finders[verb](place)) reach.get(name)?.push(verb);
    await leave(place);
  }
  return reach;
}

/** Beside the Mandate a row is like any other of its Entity, but for whoever has the Mandate. */
function wantedOf(expected: TableRows, scope: ScopeKind, label: string): readonly string[] {
  const rows = scope === 'mandate' ? (expected.mandate ?? expected.entity) : expected[scope];
  const row = label === 'beside' && scope !== 'mandate' ? 'own' : label;
  return rows?.[row]?.split(' ') ?? [];
}

/**
 * Holds every row of a table, in every scope and for every verb, against the reviewed file. In a transaction.
 */
export async function runTable(client: Client, table: Table): Promise<Tally> {
  const expected = expectedTables[table.name];
  if (!expected) return { cells: 0, allowed: 0, leaks: [`the table ${table.name} has no expected rows`] };
  const tally: Tally = { cells: 0, allowed: 0, leaks: [] };
  for (const scope of scopes) {
    for (const [label, found] of await reachOf({ client, table, scope })) {
      const wanted = wantedOf(expected, scope, label);
      tally.cells += verbs.length;
      tally.allowed += wanted.length;
      const wrong = verbs.filter((verb) => found.includes(verb) !== wanted.includes(verb));
      if (wrong.length > 0)
        tally.leaks.push(`${table.name}, scope ${scope}, row of ${label}: ${found.join(' ') || 'nothing'}`);
    }
  }
  return tally;
}

/** Every table; and the reviewed file may name no other one. */
export async function runTables(client: Client, tables: readonly Table[]): Promise<Tally> {
  await client.query('begin');
  const all: Tally[] = [];
  for (const table of tables) all.push(await runTable(client, table));
  await client.query('rollback');
  const known = new Set(tables.map(({ name }) => name));
  const strange = Object.keys(expectedTables).filter((name) => !known.has(name));
  const leaks = strange.map((name) => `${name} is expected and is no table`);
  return addTallies({ cells: 0, allowed: 0, leaks }, ...all);
}
