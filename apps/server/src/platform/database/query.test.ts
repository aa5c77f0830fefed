import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import assert from 'node:assert/strict';
import { Kysely, sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { newIdentifier, type Transaction } from './index.ts';
import { keyedQuery, query, queryNamed, sqlInstant } from './query.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => test.drop());

async function asInstallation<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return test.database.transact({ kind: 'installation' }, work);
}

async function read(expression: string): Promise<unknown> {
  const [row] = await asInstallation(async (tx) =>
    queryNamed<{ value: unknown }>(tx, {
      name: `read ${expression}`,
      text: `select ${expression} as value`,
      values: [],
    }),
  );
  return row?.value;
}

describe('a column comes to TypeScript', () => {
  it.each<[string, unknown]>([
    ["timestamptz '2026-03-29 03:00:00.123456+02'", Date.UTC(2026, 2, 29, 1, 0, 0, 123)],
    ["timestamptz '1969-12-31 23:59:59.5+00'", -500],
    ["timestamptz 'infinity'", Infinity],
    ["timestamptz '-infinity'", -Infinity],
    ['9007199254740991::bigint', Number.MAX_SAFE_INTEGER],
    ['1.50::numeric', '1.50'],
    ["date '2026-03-29'", '2026-03-29'],
    ["interval '90 minutes'", '01:30:00'],
    ["'\\x00ff'::bytea", Buffer.from([0x00, 0xff])],
    [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    ["inet '10.0.0.1'", '10.0.0.1'],
    ["array['a', 'b']", ['a', 'b']],
    ['null::timestamptz', null],
  ])('from %s', async (expression, value) => {
    expect(await read(expression)).toEqual(value);
  });

  it('or fails loudly where a number would not be exact', async () => {
    await expect(read('9007199254740992::bigint')).rejects.toThrow(/too large to be counted exactly/);
  });
});

describe('a typed query', () => {
  const tenMinutesMs = 600_000;

  it('writes instants as Date, reads them as epoch milliseconds and compares them', async () => {
    const now = Date.UTC(2026, 10, 25, 12, 0, 0, 7);
    const id = newIdentifier();
    await asInstallation(async (tx) => {
      await query(tx)
        .insertInto('owners')
        .values({ id, name: 'Ada', created_at: new Date(now) })
        .execute();
    });
    const found = await test.database.transact({ kind: 'owner', ownerId: id }, async (tx) =>
      query(tx)
        .selectFrom('owners')
        .select(['name', 'created_at'])
        .where('created_at', '<', sqlInstant(now + tenMinutesMs))
        .where('created_at', '>=', sqlInstant(now))
        .executeTakeFirst(),
    );
    expect(found).toEqual({ name: 'Ada', created_at: now });
  });

  it('says how many rows a change has touched', async () => {
    const id = newIdentifier();
    await asInstallation(async (tx) => query(tx).insertInto('owners').values({ id, name: 'Bo' }).execute());
    const changed = await test.database.transact({ kind: 'owner', ownerId: id }, async (tx) =>
      query(tx).updateTable('owners').set({ name: 'Bob' }).where('id', '=', id).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(1n);
  });

  it('cannot begin or end a transaction by itself', async () => {
    const nested = async (tx: Transaction): Promise<unknown> => {
      const whole = query(tx);
      assert(whole instanceof Kysely);
      return whole.transaction().execute(async () => Promise.resolve());
    };
    await expect(asInstallation(nested)).rejects.toThrow(/begins and ends in transact/);
  });
});

it('prepares a named statement once for a connection', async () => {
  const prepared = await asInstallation(async (tx) => {
    const statement = { name: 'twice', text: 'select $1::int as value', values: [1] };
    await queryNamed(tx, statement);
    await queryNamed(tx, statement);
    return queryNamed<{ calls: number }>(tx, {
      name: 'prepared',
      text: `select (generic_plans + custom_plans)::int as calls
             from pg_prepared_statements where name = 'twice'`,
      values: [],
    });
  });
  expect(prepared).toEqual([{ calls: 2 }]);
});

it('prepares what finds its rows by key, as long as the texts are few', async () => {
  const plansOf = (tx: Transaction, part: string) =>
    queryNamed<{ plans: number }>(tx, {
      name: 'plans of a text',
      text: `select (generic_plans + custom_plans)::int as plans from pg_prepared_statements
             where statement like '%' || $1 || '%' and name like 'keyed\\_%'`,
      values: [part],
    });
  const id = newIdentifier();
  await asInstallation(async (tx) => query(tx).insertInto('owners').values({ id, name: 'Cleo' }).execute());
  await test.database.transact({ kind: 'owner', ownerId: id }, async (tx) => {
    const ownerBy = (key: string) =>
      keyedQuery(tx).selectFrom('owners').where('id', '=', key).select('name').executeTakeFirst();
    expect([await ownerBy(id), await ownerBy(newIdentifier())]).toEqual([{ name: 'Cleo' }, undefined]);
    expect(await plansOf(tx, 'select "name" from "owners"')).toEqual([{ plans: 2 }]);

    const ownersOf = (count: number) =>
      keyedQuery(tx)
        .selectFrom('owners')
        .where('id', 'in', Array(count).fill(id) as string[])
        .select('name')
        .executeTakeFirst();
    for (let count = 1; count <= 520; count += 1) expect(await ownersOf(count)).toEqual({ name: 'Cleo' });
    expect(await plansOf(tx, '"id" in (')).toHaveLength(499);
    expect(await ownerBy(id)).toEqual({ name: 'Cleo' });
  });
});

it('gives every row an identifier of its own, in the order of time', () => {
  const early = Array.from({ length: 1_000 }, () => newIdentifier());
  const later = newIdentifier(Date.now() + 1_000);
  expect(new Set(early).size).toBe(1_000);
  expect(early.every((id) => id < later)).toBe(true);
  expect(later).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('knows its identifiers as UUIDs of version 7 in PostgreSQL too', async () => {
  const at = Date.UTC(2026, 10, 25);
  const seen = await asInstallation(async (tx) =>
    sql<{ version: number; at: number }>`
      select uuid_extract_version(id) as version, uuid_extract_timestamp(id) as at
      from (select ${newIdentifier(at)}::uuid as id) made`.execute(query(tx)),
  );
  expect(seen.rows).toEqual([{ version: 7, at }]);
});
