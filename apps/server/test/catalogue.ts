/** Asks the administrator's connection of a migrated database. */
type Ask = (text: string) => Promise<{ readonly found: string }[]>;

interface CatalogueRule {
  readonly rule: string;
  /** A statement with one column `found`: the objects that break the rule. */
  readonly statement: string;
}

/** What a database must not contain, whatever the migrations say. */
export const catalogueRules: readonly CatalogueRule[] = [
  {
    rule: 'row-level security is enabled and forced on every table',
    statement: `select c.oid::regclass::text as found from pg_class c
      where c.relnamespace = 'claviger'::regnamespace and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    rule: 'every table has a policy',
    statement: `select c.oid::regclass::text as found from pg_class c
      where c.relnamespace = 'claviger'::regnamespace and c.relkind in ('r', 'p')
        and not exists (select from pg_policy p where p.polrelid = c.oid)`,
  },
  {
    rule: 'a policy says which rows are seen and which may be written',
    statement: `select format('%s on %s', p.polname, p.polrelid::regclass) as found from pg_policy p
      where (p.polcmd in ('*', 'w', 'r', 'd') and p.polqual is null)
        or (p.polcmd in ('*', 'w', 'a') and p.polwithcheck is null)`,
  },
  {
    rule: 'a policy asks for the scope, and is no open door',
    statement: `select format('%s on %s', p.polname, p.polrelid::regclass) as found from pg_policy p
      where pg_get_expr(p.polqual, p.polrelid) !~ 'claviger\\.scope_'
        or pg_get_expr(p.polwithcheck, p.polrelid) !~ 'claviger\\.scope_'`,
  },
  {
    rule: 'a view looks with the rights of whoever asks',
    statement: `select c.oid::regclass::text as found from pg_class c
      where c.relnamespace in ('claviger'::regnamespace, 'auth'::regnamespace)
        and (c.relkind = 'm' or c.relkind = 'v' and
          not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false))`,
  },
  {
    rule: 'only claviger.add_job runs with the rights of its owner',
    statement: `select p.oid::regprocedure::text as found from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
        and p.oid::regproc::text <> 'claviger.add_job'`,
  },
  {
    rule: 'a function that runs with the rights of its owner has a fixed search path and a harmless owner',
    statement: `select p.oid::regprocedure::text as found from pg_proc p
      where p.prosecdef and p.pronamespace in ('claviger'::regnamespace, 'auth'::regnamespace)
        and (p.proowner <> 'claviger_jobs'::regrole or p.proconfig is distinct from array['search_path=""'])`,
  },
  {
    rule: 'the roles of the running server have no power of their own',
    statement: `select r.rolname as found from pg_roles r
      where r.rolname in ('claviger_app', 'claviger_auth', 'claviger_jobs')
        and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
          or exists (select from pg_auth_members m where m.member = r.oid))`,
  },
  {
    rule: 'the application and the sign-in own nothing',
    statement: `select pg_describe_object(d.classid, d.objid, d.objsubid) as found from pg_shdepend d
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
        and d.refobjid in ('claviger_app'::regrole, 'claviger_auth'::regrole)
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))`,
  },
  {
    rule: 'each role stays in its own schema',
    statement: `select format('%s in %s', r.rolname, n.nspname) as found
      from pg_roles r cross join pg_namespace n
      where (r.rolname, n.nspname) in (
          ('claviger_app', 'auth'), ('claviger_app', 'graphile_worker'), ('claviger_app', 'migration'),
          ('claviger_auth', 'claviger'), ('claviger_auth', 'graphile_worker'), ('claviger_auth', 'migration'),
          ('claviger_jobs', 'claviger'), ('claviger_jobs', 'auth'), ('claviger_jobs', 'migration'))
        and has_schema_privilege(r.oid, n.oid, 'usage, create')`,
  },
  {
    rule: 'nobody gets around the policies by emptying, referencing or triggering',
    statement: `select format('%s on %s to %s', a.privilege_type, c.oid::regclass, a.grantee::regrole)
        as found
      from pg_class c cross join aclexplode(c.relacl) a
      where c.relnamespace = 'claviger'::regnamespace and a.grantee <> c.relowner
        and a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE')`,
  },
  {
    rule: 'what the Audit says is added to and never changed or removed',
    statement: `select format('%s on %s', a.privilege_type, o.name) as found from (
        select c.oid::regclass::text, c.relacl, c.relowner from pg_class c
        where c.oid in ('claviger.audit_entries'::regclass, 'claviger.audit_checkpoints'::regclass)
        union all select format('%s.%s', c.oid::regclass, t.attname), t.attacl, c.relowner from pg_class c
        join pg_attribute t on t.attrelid = c.oid and t.attacl is not null
        where c.oid = 'claviger.audit_entries'::regclass
      ) o (name, acl, owner) cross join aclexplode(o.acl) a
      where a.grantee <> o.owner and a.privilege_type not in ('SELECT', 'INSERT')
      union all select format('policy %s on %s', p.polname, p.polrelid::regclass) from pg_policy p
      where p.polrelid = 'claviger.audit_entries'::regclass and p.polcmd not in ('r', 'a')`,
  },
  {
    rule: 'nothing of ours is granted to everybody',
    statement: `select format('%s on %s', a.privilege_type, o.name) as found from (
        select nspname::text, nspacl, nspowner, 'n' from pg_namespace
        where nspname in ('claviger', 'auth', 'graphile_worker', 'migration')
        union all select c.oid::regclass::text, c.relacl, c.relowner, 'r' from pg_class c
        where c.relnamespace in ('claviger'::regnamespace, 'auth'::regnamespace) and c.relkind <> 'i'
        union all select p.oid::regprocedure::text, p.proacl, p.proowner, 'f' from pg_proc p
        where p.pronamespace in ('claviger'::regnamespace, 'auth'::regnamespace)
      ) o (name, acl, owner, kind)
      cross join aclexplode(coalesce(o.acl, acldefault(o.kind::"char", o.owner))) a
      where a.grantee = 0`,
  },
  {
    rule: 'a row of an Entity has entity_id in its primary key',
    statement: `select c.oid::regclass::text as found from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'entity_id' and a.attnotnull
      where c.relnamespace = 'claviger'::regnamespace and c.relkind in ('r', 'p') and not exists (
        select from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey))`,
  },
  {
    rule: 'a foreign key between two tables with entity_id keeps to one Entity',
    statement: `select format('%s on %s', k.conname, k.conrelid::regclass) as found from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'entity_id'
      join pg_attribute b on b.attrelid = k.confrelid and b.attname = 'entity_id'
      where k.contype = 'f' and k.connamespace = 'claviger'::regnamespace
        and coalesce(array_position(k.conkey, a.attnum), 0)
          is distinct from array_position(k.confkey, b.attnum)`,
  },
];

/** What breaks the rules in this database: `rule: object`, in the order of the rules. */
export async function catalogueFindings(ask: Ask): Promise<string[]> {
  const findings: string[] = [];
  for (const { rule, statement } of catalogueRules) {
    const rows = await ask(`${statement} order by 1`);
    findings.push(...rows.map(({ found }) => `${rule}: ${found}`));
  }
  return findings;
}
