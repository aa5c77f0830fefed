import type { Client } from 'pg';

/** The schemas of ours, in the order in which they are written. */
export const ourSchemas = ['claviger', 'auth'] as const;

interface TableRow {
  readonly oid: number;
  readonly name: string;
  readonly comment: string | null;
  readonly security: string;
}

/**
 * The schema as the migrations leave it, from the catalogue: for reviewers, who see in a diff what a
 * migration really changes, rights and policies included. Not for execution.
 */
export async function schemaText(client: Client): Promise<string> {
  const parts: string[] = [
    '-- Generated from the migrations by `npm run generate`; for reading, not for running.',
  ];
  for (const schema of ourSchemas) {
    parts.push(heading(`schema ${schema}`), ...(await schemaGrants(client, schema)));
    parts.push(...(await functions(client, schema)));
    for (const table of await tables(client, schema)) parts.push(await describeTable(client, table));
  }
  return `${parts.join('\n\n')}\n`;
}

function heading(title: string): string {
  return `-- ${title} ${'-'.repeat(Math.max(3, 100 - title.length))}`;
}

async function texts(client: Client, statement: string, values: readonly unknown[]): Promise<string[]> {
  const result = await client.query<{ text: string }>(statement, [...values]);
  return result.rows.map((row) => row.text);
}

async function tables(client: Client, schema: string): Promise<TableRow[]> {
  const result = await client.query<TableRow>(
    `select c.oid, c.oid::regclass::text as name, obj_description(c.oid, 'pg_class') as comment,
       case when not c.relrowsecurity then '-- no row-level security'
            when c.relforcerowsecurity then 'row-level security: enabled, forced'
            else 'row-level security: enabled, NOT FORCED' end as security
     from pg_class c
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
     order by c.relname`,
    [schema],
  );
  return result.rows;
}

async function describeTable(client: Client, table: TableRow): Promise<string> {
  const lines = [...(await columns(client, table.oid)), ...(await constraints(client, table.oid))];
  const rest = [
    ...(await indexes(client, table.oid)),
    ...(await policies(client, table.oid)),
    ...(await grants(client, table.oid)),
  ];
  const comment = table.comment === null ? [] : [`-- ${table.comment}`];
  const body = lines.map((line) => `  ${line}`).join(',\n');
  return [...comment, `table ${table.name} (`, body, `); ${table.security}`, ...rest].join('\n');
}

async function columns(client: Client, table: number): Promise<string[]> {
  return texts(
    client,
    `select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
         case when a.attnotnull then 'not null' end,
         case when a.attgenerated = 's' then format('generated as (%s) stored', pg_get_expr(adbin, adrelid))
              when d.adbin is not null then 'default ' || pg_get_expr(adbin, adrelid) end) as text
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
     order by a.attnum`,
    [table],
  );
}

async function constraints(client: Client, table: number): Promise<string[]> {
  // Columns say "not null" themselves.
  return texts(
    client,
    `select format('constraint %I %s', conname, pg_get_constraintdef(oid)) as text
     from pg_constraint where conrelid = $1 and contype <> 'n'
     order by array_position(array['p', 'u', 'f', 'c', 'x'], contype::text), conname`,
    [table],
  );
}

async function indexes(client: Client, table: number): Promise<string[]> {
  // Those of constraints are said there.
  return texts(
    client,
    `select concat(case when i.indisunique then 'unique ' end, 'index ',
         regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX ', ''), ';') as text
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
     order by c.relname`,
    [table],
  );
}

async function policies(client: Client, table: number): Promise<string[]> {
  return texts(
    client,
    `select concat(format('policy %I', polname),
         case when not polpermissive then ' restrictive' end,
         ' for ' || (array['select', 'insert', 'update', 'delete', 'all'])[strpos('rawd*', polcmd::text)],
         case when polroles <> '{0}' then ' to ' || array_to_string(polroles::regrole[], ', ') end,
         E'\\n  using ' || pg_get_expr(polqual, polrelid),
         E'\\n  with check ' || pg_get_expr(polwithcheck, polrelid), ';') as text
     from pg_policy where polrelid = $1 order by polname`,
    [table],
  );
}

const GRANTEE = "case when a.grantee = 0 then 'PUBLIC' else a.grantee::regrole::text end";
const PRIVILEGES = "lower(string_agg(a.privilege_type, ', ' order by a.privilege_type))";

async function grants(client: Client, table: number): Promise<string[]> {
  return texts(
    client,
    `select format('grant %s to %s;', ${PRIVILEGES}, ${GRANTEE}) as text
     from pg_class c cross join aclexplode(c.relacl) a
     where c.oid = $1 and a.grantee <> c.relowner
     group by a.grantee order by 1`,
    [table],
  );
}

async function schemaGrants(client: Client, schema: string): Promise<string[]> {
  const onSchema = await texts(
    client,
    `select format('grant %s on schema %I to %s;', ${PRIVILEGES}, n.nspname, ${GRANTEE}) as text
     from pg_namespace n cross join aclexplode(n.nspacl) a
     where n.nspname = $1 and a.grantee <> n.nspowner
     group by n.nspname, a.grantee order by 1`,
    [schema],
  );
  const byDefault = await texts(
    client,
    `select format('by default grant %s on %s to %s;', ${PRIVILEGES},
         case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
           when 'T' then 'types' else d.defaclobjtype::text end, ${GRANTEE}) as text
     from pg_default_acl d cross join aclexplode(d.defaclacl) a
     where d.defaclnamespace = $1::regnamespace and a.grantee <> d.defaclrole
     group by d.defaclobjtype, a.grantee order by 1`,
    [schema],
  );
  return [[...onSchema, ...byDefault].join('\n')];
}

async function functions(client: Client, schema: string): Promise<string[]> {
  return texts(
    client,
    `select concat_ws(E'\\n',
         rtrim(replace(pg_get_functiondef(p.oid), 'CREATE OR REPLACE FUNCTION', 'function'), E'\\n') || ';',
         case when p.prosecdef then format('owned by %s;', p.proowner::regrole) end,
         (select string_agg(format('grant execute to %s;', ${GRANTEE}), E'\\n' order by a.grantee)
          from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
          where a.grantee <> p.proowner)) as text
     from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p')
     order by p.proname, p.oid::regprocedure::text`,
    [schema],
  );
}
