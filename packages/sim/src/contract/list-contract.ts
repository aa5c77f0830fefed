import type { AuthorityTransaction, DeltaRecord, ListRecord } from '@claviger/authority';
import { expect, it } from 'vitest';
import { at, hashOf, type StoreFixture } from './fixture.ts';

function listRecord(fixture: StoreFixture, version: number): ListRecord {
  return {
    lockId: fixture.lockId,
    ownershipEpoch: 1,
    list: { incarnation: 1, version },
    signedAt: at,
    hash: hashOf(version),
    encoded: Uint8Array.of(version),
    keys: 7,
  };
}

function deltaRecord(fixture: StoreFixture, version: number): DeltaRecord {
  return {
    lockId: fixture.lockId,
    ownershipEpoch: 1,
    list: { incarnation: 1, version },
    signedAt: at + version,
    root: hashOf(100 + version),
    delta: { from: new Uint8Array(20).fill(version), version, elapsedMs: 5, keys: Uint8Array.of(version) },
    keys: 2,
  };
}

/** With bytes as numbers: one store keeps them as another kind of array. */
function plain(record: DeltaRecord | undefined): unknown {
  return JSON.parse(
    JSON.stringify(record, (_, value: unknown) =>
      ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value,
    ),
  );
}

/** What is kept of lists and of what changes them; the tests build on those before them. */
export function listContract(now: () => StoreFixture): void {
  const work = <Result>(does: (transaction: AuthorityTransaction) => Promise<Result>): Promise<Result> =>
    now().store.transact(now().deviceId, async (transaction) => {
      await transaction.getDevice();
      return does(transaction);
    });

  it('keeps the newest list of a lock, and every one before it apart', async () => {
    const { store, deviceId, lockId } = now();
    for (const version of [1, 2]) {
      await store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        await transaction.putList(listRecord(now(), version));
        await transaction.saveListSent(lockId, at + version);
      });
    }

    const [states, newest] = await store.transact(deviceId, async (transaction) => [
      await transaction.getListStates(),
      await transaction.getNewestWhole(lockId),
    ]);
    expect(states).toMatchObject([
      { lockId, newest: { incarnation: 1, version: 2, ownershipEpoch: 1 }, sentAt: at + 2 },
    ]);
    expect(newest).toMatchObject({ lockId, list: { incarnation: 1, version: 2 }, signedAt: at });
    expect([[...(newest?.encoded ?? [])], [...(newest?.hash ?? [])]]).toEqual([[2], [...hashOf(2)]]);
  });

  it('counts a new list as not sent, and keeps by which one the door decides', async () => {
    const { store, deviceId, lockId } = now();
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.saveListTold(lockId, { incarnation: 1, version: 2 }, at);
      await transaction.putList(listRecord(now(), 3));
    });

    const [state] = await store.transact(deviceId, (transaction) => transaction.getListStates());

    expect(state).toMatchObject({ newest: { version: 3 }, told: { incarnation: 1, version: 2 } });
    expect(state?.sentAt).toBeUndefined();

    const [after] = await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.saveListTold(lockId, undefined, at);
      return transaction.getListStates();
    });
    expect(after?.told).toBeUndefined();
  });

  it('keeps deltas upon a whole list in their order, until there is another whole one', async () => {
    const { lockId } = now();
    for (const version of [4, 5])
      await work((transaction) => transaction.putDelta(deltaRecord(now(), version)));
    const [states, whole, deltas, first] = await work(async (transaction) => [
      await transaction.getListStates(),
      await transaction.getNewestWhole(lockId),
      await transaction.getDeltas(lockId, { incarnation: 1, version: 3 }, 9),
      await transaction.getDeltas(lockId, { incarnation: 1, version: 3 }, 1),
    ]);

    const newest = { incarnation: 1, version: 5, signedAt: at + 5, ownershipEpoch: 1, changedKeys: 4 };
    expect(states).toMatchObject([{ newest: { ...newest, whole: { version: 3, keys: 7 } } }]);
    expect(states[0]?.sentAt).toBeUndefined();
    expect([...(states[0]?.newest?.root ?? [])]).toEqual([...hashOf(105)]);
    expect(whole?.list).toEqual({ incarnation: 1, version: 3 });
    expect(deltas.map(({ list }) => list.version)).toEqual([4, 5]);
    expect(first.map(({ list }) => list.version)).toEqual([4]);
    expect(plain(deltas[1])).toEqual(plain(deltaRecord(now(), 5)));

    await work((transaction) => transaction.putList(listRecord(now(), 6)));
    const [state] = await work((transaction) => transaction.getListStates());
    expect(state?.newest).toMatchObject({ version: 6, changedKeys: 0, whole: { version: 6, keys: 7 } });
  });

  it('keeps which Keys a list is wanted for, each once, until one carries them', async () => {
    const { lockId } = now();
    const [one, other] = [await now().addKey(), await now().addKey()];
    const wanted = async () => {
      const { isWhole, keys } = await work((transaction) => transaction.getWanted(lockId));
      return [isWhole, [...keys].sort()];
    };
    const wantedAt = async () => {
      const [state] = await work((transaction) => transaction.getListStates());
      return state?.wantedAt;
    };
    expect(await wanted()).toEqual([false, []]);
    for (const keys of [[one], [one, other]])
      await work((transaction) => transaction.wantKeys(lockId, keys, at));
    expect(await wanted()).toEqual([false, [one, other].sort()]);
    expect(await wantedAt()).toBe(at);
    await work((transaction) => transaction.hastenList(lockId));
    expect(await wanted()).toEqual([false, [one, other].sort()]);
    await work((transaction) => transaction.putDelta(deltaRecord(now(), 7)));
    expect([await wanted(), await wantedAt()]).toEqual([[false, []], undefined]);

    await work((transaction) => transaction.wantKeys(lockId, [one], at));
    await work((transaction) => transaction.wantList(lockId, at));
    expect(await wanted()).toEqual([true, [one]]);
    await work((transaction) => transaction.putList(listRecord(now(), 8)));
    expect(await wanted()).toEqual([false, []]);
  });

  it('keeps by which root a door decides', async () => {
    const { lockId } = now();
    const told = { incarnation: 1, version: 8, root: new Uint8Array(8).fill(3) };
    const roots = [];
    for (const root of [told.root, new Uint8Array(8).fill(4), undefined]) {
      await work((transaction) => transaction.saveListTold(lockId, { ...told, root }, at));
      const [state] = await work((transaction) => transaction.getListStates());
      roots.push(state?.told?.root?.[0]);
    }
    expect(roots).toEqual([3, 4, undefined]);
  });
}
