import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentifier, type Scope } from '../src/platform/database/index.ts';
import { queryNamed } from '../src/platform/database/query.ts';
import { catalogueFindings, catalogueRules } from './catalogue.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());

async function findings(): Promise<string[]> {
  return catalogueFindings(async (text) => test.asAdmin<{ found: string }>(text));
}

const id = newIdentifier();
const scopes: Scope[] = [
  { kind: 'installation' },
  { kind: 'account', accountId: id },
  { kind: 'owner', ownerId: id },
  { kind: 'entity', entityId: id },
  { kind: 'device', deviceId: id },
];

it('finds nothing in the database as the migrations make it', async () => {
  expect(await findings()).toEqual([]);
});

async function seeEveryTable(of: TestDatabase, scope: Scope): Promise<Map<string, number>> {
  const tables = await of.asAdmin<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'claviger' order by 1`,
  );
  const seen = new Map<string, number>();
  for (const { name } of tables) {
    const statement = { name: `see ${name}`, text: 'select 1 from '.concat(name), values: [] };
    const rows = await of.database.transact(scope, async (tx) => queryNamed(tx, statement));
    seen.set(name, rows.length);
  }
  return seen;
}

it.each(scopes)('lets the scope $kind ask every table: no policy goes round in a circle', async (scope) => {
  const seen = await seeEveryTable(test, scope);
  expect(seen.size).toBeGreaterThan(10);
  expect([...seen.values()].every((rows) => rows === 0)).toBe(true);
});

it('finds every table of a clone in which row-level security was switched off on purpose', async () => {
  const clone = await createTestDatabase({ isRowSecurityOff: true });
  try {
    await clone.asAdmin('insert into claviger.owners (id, name) values ($1, $2)', [newIdentifier(), 'Ada']);
    const seen = await seeEveryTable(clone, { kind: 'entity', entityId: id });
    expect(seen.get('owners')).toBe(1);
    const all = await catalogueFindings(async (text) => clone.asAdmin<{ found: string }>(text));
    expect(all).toHaveLength(seen.size);
  } finally {
    await clone.drop();
  }
});

/** For each rule what breaks it, and how it is found. */
const planted: readonly { readonly rule: string; readonly plant: string; readonly found: string }[] = [
  {
    rule: 'row-level security is enabled and forced on every table',
    plant: `create table claviger.unforced (id uuid primary key);
      alter table claviger.unforced enable row level security;
      create policy p on claviger.unforced for select using (claviger.scope_kind() is not null)`,
    found: 'claviger.unforced',
  },
  {
    rule: 'every table has a policy',
    plant: `create table claviger.closed (id uuid primary key);
      alter table claviger.closed enable row level security, force row level security`,
    found: 'claviger.closed',
  },
  {
    rule: 'a policy says which rows are seen and which may be written',
    plant: 'create policy half on claviger.owners for update using (id = claviger.scope_owner())',
    found: 'half on claviger.owners',
  },
  {
    rule: 'a policy asks for the scope, and is no open door',
    plant: 'create policy wide on claviger.owners for select using (true)',
    found: 'wide on claviger.owners',
  },
  {
    rule: 'a view looks with the rights of whoever asks',
    plant: 'create view claviger.everybody as select * from claviger.users',
    found: 'claviger.everybody',
  },
  {
    rule: 'only claviger.add_job runs with the rights of its owner',
    plant: `create function claviger.backdoor() returns bigint language sql security definer
      return (select count(*) from claviger.users)`,
    found: 'claviger.backdoor()',
  },
  {
    rule: 'a function that runs with the rights of its owner has a fixed search path and a harmless owner',
    plant: 'alter function claviger.add_job reset search_path',
    found: 'claviger.add_job(text,json,timestamp with time zone,text,text,integer)',
  },
  {
    rule: 'the application and the sign-in own nothing',
    plant: 'create table auth.mine (id int); alter table auth.mine owner to claviger_app',
    found: 'table auth.mine',
  },
  {
    rule: 'each role stays in its own schema',
    plant: 'grant usage on schema auth to claviger_app',
    found: 'claviger_app in auth',
  },
  {
    rule: 'nobody gets around the policies by emptying, referencing or triggering',
    plant: 'grant truncate on claviger.owners to claviger_app',
    found: 'TRUNCATE on claviger.owners to claviger_app',
  },
  {
    rule: 'what the Audit says is added to and never changed or removed',
    plant: 'grant update (code) on claviger.audit_entries to claviger_app',
    found: 'UPDATE on claviger.audit_entries.code',
  },
  {
    rule: 'nothing of ours is granted to everybody',
    plant: 'grant execute on function claviger.scope_kind to public',
    found: 'EXECUTE on claviger.scope_kind()',
  },
  {
    rule: 'a row of an Entity has entity_id in its primary key',
    plant: `create table claviger.loose (id uuid primary key, entity_id uuid not null);
      alter table claviger.loose enable row level security, force row level security;
      create policy p on claviger.loose
        using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity())`,
    found: 'claviger.loose',
  },
  {
    rule: 'a foreign key between two tables with entity_id keeps to one Entity',
    plant: `alter table claviger.locks add constraint one_id unique (id);
      alter table claviger.door_states
        add constraint stray foreign key (lock_id) references claviger.locks (id)`,
    found: 'stray on claviger.door_states',
  },
];

describe('the house test bites', () => {
  it.each(planted)('when this does not hold: $rule', async ({ rule, plant, found }) => {
    const clone = await createTestDatabase();
    try {
      await clone.asAdmin(plant);
      const all = await catalogueFindings(async (text) => clone.asAdmin<{ found: string }>(text));
      expect(all).toContain(`${rule}: ${found}`);
    } finally {
      await clone.drop();
    }
  });

  it('when policies go round in a circle', async () => {
    const clone = await createTestDatabase();
    try {
      await clone.asAdmin(
        `create policy circle on claviger.owners for select
         using (claviger.scope_kind() = 'account' and id in (select o.id from claviger.owners o))`,
      );
      const seen = seeEveryTable(clone, { kind: 'installation' });
      await expect(seen).rejects.toThrow(/infinite recursion detected in policy for relation "owners"/);
    } finally {
      await clone.drop();
    }
  });

  it('for every rule that concerns one database', () => {
    // Powers belong to the whole server; that those are refused is tried where the roles are made.
    const elsewhere = ['the roles of the running server have no power of their own'];
    const tried = [...planted.map(({ rule }) => rule), ...elsewhere];
    expect(tried.sort()).toEqual(catalogueRules.map(({ rule }) => rule).sort());
  });
});
