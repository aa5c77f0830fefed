import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { testSecret } from '../../../test/database-server.ts';
import { createManualClock } from '../../../test/manual-clock.ts';
import { plantOwnedLock, type PlantedLock } from '../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { newIdentifier } from '../database/index.ts';
import { contentHash, genesisOf, linkHash } from './chain/canonical.ts';
import { readEntries, type StoredEntry } from './chain/store.ts';
import { chainOlderEntries, eraseSubject, installationChain, openAudit, type NewEntry } from './index.ts';
import { openActor, openFields, openReason } from './sealing.ts';

const clock = createManualClock(Date.UTC(2026, 10, 29, 12));
const audit = openAudit({ installationSecret: testSecret, now: () => clock.now() });
let test: TestDatabase;
let home: PlantedLock;
let other: PlantedLock;

beforeAll(async () => {
  test = await createTestDatabase();
  home = await plantOwnedLock(test);
  other = await plantOwnedLock(test);
});
afterAll(() => test.drop());
beforeEach(() => forgetAudit(test));

function act(place: PlantedLock, more: Partial<NewEntry> = {}): NewEntry {
  const { entityId, userId, accountId } = place;
  return {
    ...{ scope: 'entity', entityId, userId, accountId, operation: 'lock.update', objectType: 'lock' },
    ...{ objectId: place.lockId, outcome: 'done', requestId: 'r-1', address: '192.0.2.7' },
    ...more,
  };
}

async function add(entry: NewEntry): Promise<void> {
  const { entityId } = entry;
  const scope =
    entityId === undefined ? ({ kind: 'installation' } as const) : ({ kind: 'entity', entityId } as const);
  await test.database.transact(scope, (tx) => audit.add(tx, entry));
}

function entriesOf(chain: string): Promise<StoredEntry[]> {
  const scope =
    chain === installationChain
      ? ({ kind: 'installation' } as const)
      : ({ kind: 'entity', entityId: chain } as const);
  return test.database.transact(scope, (tx) => readEntries(tx, { chain, after: 0, limit: 1_000 }));
}

/** The hash of every entry from what it says and the one before, as whoever verifies computes it. */
function computed(chain: string, entries: readonly StoredEntry[]): Uint8Array[] {
  let previous = genesisOf(chain);
  return entries.map(({ evidence }, index) => {
    previous = linkHash({ previous, sequence: index + 1, content: contentHash(evidence) });
    return previous;
  });
}

function hashes(entries: readonly StoredEntry[]): Uint8Array[] {
  return entries.map(({ link }) => Uint8Array.from(link.hash));
}

describe('an entry', () => {
  it('stands in the chain of its Entity, or in that of the installation, after the one before', async () => {
    for (const place of [home, other, home]) await add(act(place));
    await add({ scope: 'installation', operation: 'sign_in', outcome: 'done', address: '2001:db8::7' });

    for (const [chain, length] of [
      [home.entityId, 2],
      [other.entityId, 1],
      [installationChain, 1],
    ] as const) {
      const entries = await entriesOf(chain);
      expect(entries).toHaveLength(length);
      expect(hashes(entries)).toEqual(computed(chain, entries));
    }
  });

  it('has the same hash after the database has stored whatever a form can say', async () => {
    const told = { b: 1.5e21, a: [null, true, { y: 'ü 水 \u2028', x: -0 }], later: undefined, at: 1e-7 };
    await add(
      act(home, {
        ...{
          before: told,
          after: { ...told, zero: 0.1 + 0.2 },
          reason: 'A "reason"\n',
          code: 'c',
          cause: 'x',
        },
        ...{ mandateId: newIdentifier(), count: 7, firstAt: clock.now() - 5, personal: undefined },
      }),
    );

    const entries = await entriesOf(home.entityId);
    expect(hashes(entries)).toEqual(computed(home.entityId, entries));
    expect(entries[0]?.evidence.before).toEqual({
      b: 1.5e21,
      a: [null, true, { y: 'ü 水 \u2028', x: 0 }],
      at: 1e-7,
    });
  });

  it('belongs to its change: both are there, or neither', async () => {
    const failing = test.database.transact({ kind: 'entity', entityId: home.entityId }, async (tx) => {
      await audit.add(tx, act(home));
      throw new Error('the change came to nothing');
    });

    await expect(failing).rejects.toThrow('came to nothing');
    expect(await entriesOf(home.entityId)).toEqual([]);
    await add(act(home));
    expect((await entriesOf(home.entityId)).map(({ link }) => link.sequence)).toEqual([1]);
  });

  it('of many changes at once makes one chain without a gap', async () => {
    await Promise.all(Array.from({ length: 40 }, () => add(act(home))));

    const entries = await entriesOf(home.entityId);
    expect(entries).toHaveLength(40);
    expect(hashes(entries)).toEqual(computed(home.entityId, entries));
  });

  it.each(['update claviger.audit_entries set code = null', 'delete from claviger.audit_entries'])(
    'stays as it is for the server itself: %s',
    async (text) => {
      await add(act(home));

      await test.asAdmin('set role claviger_app');
      const attempt = test.asAdmin(text);
      await expect(attempt).rejects.toThrow('permission denied');
      await test.asAdmin('reset role');
    },
  );
});

describe('what tells of a person', () => {
  const personal = (subjectId: string) => ({ subjectId, fields: ['holder', 'email'] });
  const told = { holder: 'Grace Hopper', email: 'grace@example.com', maxUses: 3 };

  async function readHome(place = 0) {
    const { entityId } = home;
    const entry = (await entriesOf(entityId))[place];
    if (!entry) throw new Error('an entry was added');
    const { evidence } = entry;
    const subjectIds = [evidence.userId, evidence.subjectId].filter((id) => id !== null);
    const keys = await test.database.transact({ kind: 'entity', entityId }, (tx) =>
      audit.keysOf(tx, { entityId, subjectIds }),
    );
    return {
      actor: openActor(evidence, keys),
      after: openFields(evidence.after, evidence.subjectId, keys),
      ...openReason(evidence, keys),
    };
  }

  it('is sealed in the database, and read by whoever has the keys', async () => {
    const keyId = newIdentifier();
    await add(act(home, { after: told, personal: personal(keyId) }));

    const [row] = await test.asAdmin<{ all: string }>(
      'select json_agg(a)::text as all from claviger.audit_entries a',
    );
    for (const text of ['Grace', 'grace@', 'Ada', '192.0.2.7']) expect(row?.all).not.toContain(text);
    expect(await readHome()).toEqual({ actor: { name: 'Ada', address: '192.0.2.7' }, after: told });
  });

  it('is a reason too, which may name whoever the act was about; without a person it is plain', async () => {
    const keyId = newIdentifier();
    const reason = 'Grace has moved.';
    await add(act(home, { reason, personal: personal(keyId) }));
    const [sealed] = await entriesOf(home.entityId);
    expect(sealed?.evidence.reason).toMatch(/^sealed:[\w-]+$/);
    expect(sealed?.evidence.reason).not.toContain(Buffer.from('Grace').toString('base64url'));
    expect(await readHome()).toMatchObject({ reason });

    const { entityId } = home;
    await test.database.transact({ kind: 'entity', entityId }, (tx) =>
      eraseSubject(tx, { entityId, subjectId: keyId }),
    );
    expect(await readHome()).toMatchObject({ isReasonErased: true });
    await add(act(home, { reason, personal: personal(keyId) }));
    expect(await readHome(1)).toMatchObject({ isReasonErased: true });
    expect((await readHome(1)).reason).toBeUndefined();
    await add(act(home, { reason }));
    expect((await entriesOf(entityId))[2]?.evidence.reason).toBe(reason);
    await test.asAdmin('delete from claviger.subject_keys');
  });

  it('is not kept where there is no Entity, for there nothing could be sealed', async () => {
    const outside = { scope: 'installation', entityId: undefined, userId: undefined } as const;
    await add(
      act(home, { ...outside, after: told, reason: 'Grace asked', personal: personal(newIdentifier()) }),
    );
    await add(act(home, { ...outside, after: told, reason: 'a drill' }));

    const [hidden, plain] = (await entriesOf(installationChain)).map(({ evidence }) => evidence);

    const erased = { erased: true };
    expect(hidden).toMatchObject({ reason: null, after: { holder: erased, email: erased, maxUses: 3 } });
    expect(plain).toMatchObject({ reason: 'a drill', after: told });
  });

  it('is gone once the person was erased, and every chain still holds', async () => {
    const keyId = newIdentifier();
    const place = { kind: 'entity', entityId: home.entityId } as const;
    await add(act(home, { after: told, personal: personal(keyId) }));

    const erase = (subjectId: string) =>
      test.database.transact(place, (tx) => eraseSubject(tx, { entityId: home.entityId, subjectId }));
    expect([await erase(keyId), await erase(keyId)]).toEqual([true, false]);

    const erased = { erased: true };
    expect(await readHome()).toEqual({
      actor: { name: 'Ada', address: '192.0.2.7' },
      after: { holder: erased, email: erased, maxUses: 3 },
    });
    expect(await erase(home.userId)).toBe(true);
    expect((await readHome()).actor).toBeUndefined();
    await add(act(home, { after: told, personal: personal(keyId) }));
    const entries = await entriesOf(home.entityId);
    expect(entries[1]?.evidence).toMatchObject({ actor: null, after: { holder: erased, email: erased } });
    expect(hashes(entries)).toEqual(computed(home.entityId, entries));
    await test.asAdmin('delete from claviger.subject_keys');
  });

  it('is erased in one Entity, and nothing of another is touched', async () => {
    await add(act(other));
    await test.database.transact({ kind: 'entity', entityId: home.entityId }, (tx) =>
      eraseSubject(tx, { entityId: home.entityId, subjectId: other.userId }),
    );

    const [row] = await test.asAdmin<{ sealed: Buffer | null }>(
      'select sealed from claviger.subject_keys where entity_id = $1 and subject_id = $2',
      [other.entityId, other.userId],
    );
    expect(row?.sealed).toBeInstanceOf(Buffer);
  });
});

describe('entries from before there were chains', () => {
  it('are given their places once, in the order of their times, and persons are sealed', async () => {
    const keyId = newIdentifier();
    await test.asAdmin(
      `insert into claviger.unchained_audit_entries (id, scope, entity_id, account_id, actor_name, operation,
          object_type, object_id, outcome, reason, after, address, at)
        select gen_random_uuid(), 'entity', $1, $2, 'Ada Byron', 'key.update', 'key', $3, 'refused',
          'not_found: gone: long ago', '{"holder": "Grace", "maxUses": 2}', '192.0.2.7',
          timestamptz '2026-01-01' - n * interval '1 minute'
        from generate_series(1, 1200) n`,
      [home.entityId, home.accountId, keyId],
    );
    await test.asAdmin(
      `insert into claviger.unchained_audit_entries (id, scope, operation, outcome, at)
        values (gen_random_uuid(), 'installation', 'sign_in', 'done', now())`,
    );

    const moved = [
      await chainOlderEntries(test.database, testSecret),
      await chainOlderEntries(test.database, testSecret),
    ];

    expect(moved).toEqual([1_201, 0]);
    const [[first], stranger] = [await entriesOf(home.entityId), await entriesOf(installationChain)];
    expect(stranger).toHaveLength(1);
    expect(first?.evidence).toMatchObject({
      ...{ userId: home.userId, code: 'not_found', cause: 'gone: long ago', reason: null, address: null },
      at: Date.UTC(2026, 0, 1) - 1_200 * 60_000,
      after: { holder: { sealed: expect.any(String) as unknown }, maxUses: 2 },
    });
  });
});
