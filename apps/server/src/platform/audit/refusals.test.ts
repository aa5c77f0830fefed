import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { testSecret } from '../../../test/database-server.ts';
import { createManualClock } from '../../../test/manual-clock.ts';
import { plantOwnedLock, type PlantedLock } from '../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { openAudit, type NewRefusal } from './index.ts';

const clock = createManualClock(Date.UTC(2026, 10, 29, 12));
const audit = openAudit({ installationSecret: testSecret, now: () => clock.now() });
let test: TestDatabase;
let home: PlantedLock;

beforeAll(async () => {
  test = await createTestDatabase();
  home = await plantOwnedLock(test);
});
afterAll(() => test.drop());
beforeEach(() => forgetAudit(test));

type Entry = NewRefusal['entry'];

async function refuse(more: Partial<Entry> & { readonly address: string }): Promise<void> {
  const entry = {
    scope: 'installation',
    operation: 'sign_in',
    outcome: 'refused',
    code: 'wrong_credentials',
  } as const;
  await test.database.transact({ kind: 'installation' }, (tx) =>
    audit.addRefusal(tx, { entry: { ...entry, ...more }, source: more.address }),
  );
}

async function refuseMember(code: string): Promise<void> {
  const { entityId, userId, accountId, lockId } = home;
  await test.database.transact({ kind: 'entity', entityId }, (tx) =>
    audit.addRefusal(tx, {
      entry: {
        ...{ scope: 'entity', entityId, userId, accountId, operation: 'lock.open', outcome: 'refused', code },
        ...{ objectType: 'lock', objectId: lockId, address: '192.0.2.7' },
      },
      source: '192.0.2.7',
    }),
  );
}

function entries() {
  return test.asAdmin<{
    code: string;
    count: number;
    first: number | null;
    at: number;
    address: string | null;
  }>(
    `select code, count, first_at as first, at, address from claviger.audit_entries order by chain, sequence`,
  );
}

describe('a refused call', () => {
  it('has an entry of its own, and repeats within a minute become one more with their number', async () => {
    const begin = clock.now();
    for (let call = 0; call < 5; call += 1) {
      await refuse({ address: '192.0.2.1' });
      clock.advance(1_000);
    }
    expect(await entries()).toMatchObject([{ count: 1, first: null, at: begin }]);

    clock.advance(60_000);
    // By a server that was started after this one had died: what was counted is in the database alone.
    const later = openAudit({ installationSecret: testSecret, now: () => clock.now() });
    await later.writeRepeats(test.database);
    await later.writeRepeats(test.database);

    expect(await entries()).toMatchObject([
      { count: 1, at: begin },
      { count: 4, first: begin + 1_000, at: begin + 4_000, address: '192.0.2.1' },
    ]);
  });

  it('is none of the repeats when a minute is over, whoever comes first to write those', async () => {
    for (let call = 0; call < 3; call += 1) await refuse({ address: '192.0.2.1' });
    clock.advance(60_000);

    await refuse({ address: '192.0.2.1' });

    expect((await entries()).map(({ count }) => count)).toEqual([1, 2, 1]);
  });

  it('from somewhere else, of another operation or with another code is no repeat', async () => {
    await refuse({ address: '192.0.2.1' });
    await refuse({ address: '192.0.2.2' });
    await refuse({ address: '192.0.2.1', operation: 'bootstrap' });
    await refuse({ address: '192.0.2.1', code: 'not_found' });
    await refuseMember('cooldown');
    await refuseMember('cooldown');
    await refuseMember('offline');

    expect((await entries()).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('of a member keeps who it was, also in the entry of the repeats', async () => {
    for (let call = 0; call < 3; call += 1) await refuseMember('cooldown');
    clock.advance(60_000);
    await audit.writeRepeats(test.database);

    const rows = await test.asAdmin(
      `select user_id, object_id, count, actor is not null as named from claviger.audit_entries
        order by sequence`,
    );
    const who = { user_id: home.userId, object_id: home.lockId, named: true };
    expect(rows).toEqual([
      { ...who, count: 1 },
      { ...who, count: 2 },
    ]);
  });

  it('is counted right however many come at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => refuse({ address: '192.0.2.1' })));
    clock.advance(60_000);
    await audit.writeRepeats(test.database);

    expect((await entries()).map(({ count }) => count)).toEqual([1, 49]);
  });

  it('of a flood from everywhere is counted with the others, so that few entries are written', async () => {
    for (let call = 0; call < 200; call += 1) await refuse({ address: `198.51.100.${call}` });
    await refuse({ address: '198.51.100.0' });
    clock.advance(60_000);
    await audit.writeRepeats(test.database);

    const written = await entries();
    expect(written.length).toBeLessThan(70);
    expect(written.reduce((sum, { count }) => sum + count, 0)).toBe(201);
    // Whoever is told apart already stays so.
    expect(written.filter(({ address }) => address === '198.51.100.0')).toHaveLength(2);
  });
});
