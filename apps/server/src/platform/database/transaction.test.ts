import { Refusal } from '@claviger/protocol';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testSecret } from '../../../test/database-server.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { loginUrl } from './connection/login.ts';
import { newIdentifier, type Scope, type Transaction } from './index.ts';
import { query, queryNamed } from './query.ts';
import { scopeStatement } from './scope.ts';

const home = newIdentifier();
const office = newIdentifier();
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.asAdmin(`
    create table claviger.notes (entity_id uuid, id uuid, text text not null, primary key (entity_id, id));
    alter table claviger.notes enable row level security, force row level security;
    create policy entity_own on claviger.notes
      using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
  `);
  for (const entityId of [home, office])
    await inEntity(entityId, async (tx) => addNote(tx, entityId, 'first'));
});
afterAll(async () => test.drop());

async function inEntity<Result>(
  entityId: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return test.database.transact({ kind: 'entity', entityId }, work);
}

async function addNote(tx: Transaction, entityId: string, text: string): Promise<void> {
  await queryNamed(tx, {
    name: 'add_note',
    text: 'insert into notes values ($1, $2, $3)',
    values: [entityId, newIdentifier(), text],
  });
}

async function readNotes(tx: Transaction): Promise<{ entity_id: string; text: string }[]> {
  return queryNamed(tx, { name: 'read_notes', text: 'select entity_id, text from notes', values: [] });
}

describe('a scope', () => {
  it('shows its own rows and no others', async () => {
    expect(await inEntity(home, readNotes)).toEqual([{ entity_id: home, text: 'first' }]);
    expect(await inEntity(office, readNotes)).toEqual([{ entity_id: office, text: 'first' }]);
  });

  it.each<Scope>([
    { kind: 'installation' },
    { kind: 'account', accountId: home },
    { kind: 'owner', ownerId: home },
    { kind: 'device', deviceId: home },
    { kind: 'entity', entityId: newIdentifier() },
  ])('of another kind or identifier shows none of them: %o', async (scope) => {
    expect(await test.database.transact(scope, readNotes)).toEqual([]);
  });

  it('refuses a row of another Entity, added or moved', async () => {
    const denied = /violates row-level security policy/;
    await expect(inEntity(home, async (tx) => addNote(tx, office, 'smuggled'))).rejects.toThrow(denied);
    const move = inEntity(home, async (tx) => sql`update notes set entity_id = ${office}`.execute(query(tx)));
    await expect(move).rejects.toThrow(denied);
  });

  it('ends with its transaction: a connection without a scope sees no row', async () => {
    const client = new Client({ connectionString: loginUrl(test.adminUrl, 'claviger_app', testSecret) });
    await client.connect();
    const count = async (): Promise<unknown> =>
      (await client.query('select count(*)::int as seen from notes')).rows;
    expect(await count()).toEqual([{ seen: 0 }]);
    await client.query('begin');
    await client.query(scopeStatement({ kind: 'entity', entityId: home }));
    expect(await count()).toEqual([{ seen: 1 }]);
    await client.query('commit');
    expect(await count()).toEqual([{ seen: 0 }]);
    await client.end();
  });

  it('takes identifiers that are UUIDs and nothing else', async () => {
    const scope: Scope = { kind: 'entity', entityId: `${home}', true), set_config('role', 'x` };
    await expect(test.database.transact(scope, readNotes)).rejects.toThrow(/is a UUID/);
  });
});

describe('a transaction', () => {
  it('is rolled back as a whole when its work throws', async () => {
    const before = await inEntity(home, readNotes);
    const work = async (tx: Transaction): Promise<void> => {
      await addNote(tx, home, 'lost');
      throw new Refusal('not_permitted');
    };
    await expect(inEntity(home, work)).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await inEntity(home, readNotes)).toEqual(before);
  });

  it('does not commit what went on after a failed statement', async () => {
    const before = await inEntity(home, readNotes);
    const work = async (tx: Transaction): Promise<void> => {
      await addNote(tx, home, 'lost');
      await expect(sql`select 1 / 0`.execute(query(tx))).rejects.toThrow(/division by zero/);
    };
    await expect(inEntity(home, work)).rejects.toThrow(/does not go on after a failed statement/);
    expect(await inEntity(home, readNotes)).toEqual(before);
  });

  it('is over when its work has returned', async () => {
    const kept: Transaction[] = [];
    await inEntity(home, async (tx) => Promise.resolve(kept.push(tx)));
    const [over] = kept;
    await expect((async () => over && readNotes(over))()).rejects.toThrow(/is over/);
  });

  it('runs one statement at a time, and every one is awaited', async () => {
    const both = async (tx: Transaction): Promise<unknown> => Promise.all([readNotes(tx), readNotes(tx)]);
    await expect(inEntity(home, both)).rejects.toThrow(/one statement at a time/);
    const forgotten = async (tx: Transaction): Promise<void> => {
      void readNotes(tx);
      return Promise.resolve();
    };
    await expect(inEntity(home, forgotten)).rejects.toThrow(/awaits every statement/);
    expect(await inEntity(home, readNotes)).toHaveLength(1);
  });

  it('does not open another one inside it', async () => {
    await expect(inEntity(home, async () => inEntity(office, readNotes))).rejects.toThrow(/inside another/);
    expect(await inEntity(office, readNotes)).toHaveLength(1);
  });

  it('runs again when PostgreSQL could not serialize it', async () => {
    const retries = (): number => test.notices.filter(({ kind }) => kind === 'transaction_retried').length;
    const before = retries();
    let readers = 0;
    const bothHaveRead = Promise.withResolvers<undefined>();
    const increment = async (): Promise<void> =>
      test.database.transact(
        { kind: 'entity', entityId: home },
        async (tx) => {
          const [note] = await readNotes(tx);
          readers += 1;
          if (readers === 2) bothHaveRead.resolve(undefined);
          await bothHaveRead.promise;
          await sql`update notes set text = ${`${note?.text ?? ''}+`}`.execute(query(tx));
        },
        { isolation: 'serializable' },
      );
    await Promise.all([increment(), increment()]);
    expect(await inEntity(home, readNotes)).toEqual([{ entity_id: home, text: 'first++' }]);
    expect(retries()).toBeGreaterThan(before);
  });

  it('is refused for now, and the next one works, when PostgreSQL ends its connection', async () => {
    const killed = inEntity(home, async (tx) => {
      const [own] = await queryNamed<{ pid: number }>(tx, {
        name: 'own_pid',
        text: 'select pg_backend_pid() as pid',
        values: [],
      });
      await test.asAdmin('select pg_terminate_backend($1)', [own?.pid]);
      return readNotes(tx);
    });
    await expect(killed).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    expect(test.notices).toContainEqual(expect.objectContaining({ kind: 'database_unavailable' }));
    expect(await inEntity(home, readNotes)).toHaveLength(1);
  });

  it('survives that all idle connections are cut, and says so', async () => {
    await test.asAdmin(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'claviger app'`,
    );
    await vi.waitFor(() =>
      expect(test.notices).toContainEqual(expect.objectContaining({ kind: 'connection_lost', pool: 'app' })),
    );
    expect(await inEntity(home, readNotes)).toHaveLength(1);
  });

  it('is refused at once when more wait than could be served', async () => {
    const gate = Promise.withResolvers<undefined>();
    const held = Array.from({ length: 120 }, async () =>
      inEntity(home, async () => gate.promise).catch((error: unknown) => error),
    );
    const outcomes: unknown[] = [];
    for (const one of held) void one.then((outcome) => outcomes.push(outcome));
    await vi.waitFor(() => expect(outcomes.length).toBeGreaterThan(0));
    expect(outcomes.every((outcome) => outcome instanceof Refusal)).toBe(true);
    expect(outcomes[0]).toMatchObject({ code: 'temporarily_unavailable' });
    gate.resolve(undefined);
    await Promise.all(held);
  });
});
