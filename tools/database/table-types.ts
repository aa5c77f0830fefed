import type { Client } from 'pg';

interface ColumnRow {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
  readonly checks: readonly string[];
}

/** What a column holds when it is read and when it is written; `connection/column-types.ts` reads it so. */
interface Held {
  readonly read: string;
  readonly written: string;
}

const heldByType: Readonly<Record<string, Held>> = {
  bytea: { read: 'Buffer', written: 'Uint8Array' },
  jsonb: { read: 'JsonValue', written: 'string' },
  'timestamp with time zone': { read: 'StoredInstant', written: 'Date' },
  ...same('boolean', ['boolean']),
  ...same('number', ['bigint', 'double precision', 'integer', 'smallint']),
  ...same('number[]', ['integer[]', 'smallint[]']),
  ...same('string', ['date', 'inet', 'interval', 'numeric', 'text', 'uuid']),
  ...same('string[]', ['text[]', 'uuid[]']),
};

function same(type: string, columnTypes: readonly string[]): Record<string, Held> {
  return Object.fromEntries(columnTypes.map((columnType) => [columnType, { read: type, written: type }]));
}

/**
 * The TypeScript types of a schema's tables, for kysely. A text column whose check lists its values becomes
 * the union of them. Throws for a column type that it does not know.
 */
export async function tableTypes(client: Client, schema: string): Promise<string> {
  const byTable = Map.groupBy(await readColumns(client, schema), (column) => column.table);
  const interfaces = [...byTable].map(
    ([table, columns]) => `export interface ${typeName(table)} {\n${columns.map(columnLine).join('\n')}\n}`,
  );
  const entries = [...byTable.keys()].map((table) => `  ${table}: ${typeName(table)};`);
  const tables = `export interface Tables {\n${entries.join('\n')}\n}`;
  const body = [...interfaces, `/** The tables of the schema ${schema}. */\n${tables}`].join('\n\n');
  const head = '/** Generated from the migrations by `npm run generate`. */';
  return [head, ...importLines(body), '', body, ''].join('\n');
}

function importLines(body: string): string[] {
  const used = (names: readonly string[]): string => names.filter((name) => body.includes(name)).join(', ');
  const fromKysely = used(['ColumnType', 'GeneratedAlways']);
  const fromColumnTypes = used(['JsonValue', 'StoredInstant']);
  return [
    fromKysely === '' ? '' : `import type { ${fromKysely} } from 'kysely';`,
    fromColumnTypes === '' ? '' : `import type { ${fromColumnTypes} } from './connection/column-types.ts';`,
  ].filter((line) => line !== '');
}

async function readColumns(client: Client, schema: string): Promise<ColumnRow[]> {
  const result = await client.query<ColumnRow>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
       not a.attnotnull as "isNullable", a.attgenerated <> '' as "isGenerated",
       a.atthasdef or a.attidentity <> '' as "hasDefault",
       array(
         select pg_get_constraintdef(k.oid) from pg_constraint k
         where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] order by k.conname
       ) as checks
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
       and a.attnum > 0 and not a.attisdropped
     order by c.relname, a.attnum`,
    [schema],
  );
  return result.rows;
}

function columnLine(column: ColumnRow): string {
  return `  ${column.column}: ${columnType(column)};`;
}

function columnType(column: ColumnRow): string {
  const held = heldIn(column);
  const orNull = column.isNullable ? ' | null' : '';
  const read = `${held.read}${orNull}`;
  const written = `${held.written}${orNull}`;
  if (column.isGenerated) return `GeneratedAlways<${read}>`;
  if (column.hasDefault) return `ColumnType<${read}, ${written} | undefined, ${written}>`;
  return read === written ? read : `ColumnType<${read}, ${written}, ${written}>`;
}

function heldIn(column: ColumnRow): Held {
  const held = heldByType[column.type];
  if (held === undefined) {
    throw new Error(
      `${column.table}.${column.column} is ${column.type}: say in table-types.ts what that is.`,
    );
  }
  const listed =
    column.type === 'text' ? column.checks.map(listedValues).find((values) => values.length > 0) : [];
  const union = (listed ?? []).map((value) => `'${value}'`).join(' | ');
  return union === '' ? held : { read: union, written: union };
}

/** The values of `check (column in ('a', 'b'))`, as PostgreSQL writes it back; empty for any other check. */
function listedValues(check: string): string[] {
  const list = /^CHECK \(\(\w+ = (?:ANY \(ARRAY\[([^\]]*)\]\)|('[^']*'::text))\)\)$/.exec(check);
  const items = (list?.[1] ?? list?.[2] ?? '').matchAll(/'([^']*)'::text/g);
  return [...items].map((item) => item[1] ?? '');
}

function typeName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Table`;
}
