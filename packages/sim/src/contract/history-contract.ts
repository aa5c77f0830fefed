import type { AuthorityTransaction, EventRecord } from '@claviger/authority';
import { expect, it } from 'vitest';
import { at, event, hashOf, presence, type StoreFixture } from './fixture.ts';

/** What is kept of several histories of a device; the tests build on those before them. */
export function historyContract(now: () => StoreFixture): void {
  it('begins a log where another one ends, and knows which events are in which', async () => {
    const { store, deviceId } = now();
    const from = { storedThrough: 3, lastHash: hashOf(3) };
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.beginLog(2, from);
      await transaction.appendEvents(2, [{ ...event(now(), 4), logEpoch: 2, hash: hashOf(44) }], at);
    });

    const [device, log, former, later] = await store.transact(deviceId, async (transaction) => [
      await transaction.getDevice(),
      await transaction.getLog(2),
      await transaction.getStored(1, [0, 3, 4, 99]),
      await transaction.getStored(2, [3, 4]),
    ]);
    expect(device?.logEpoch).toBe(2);
    expect([log.storedThrough, [...log.lastHash]]).toEqual([4, [...hashOf(44)]]);
    const told = (marks: typeof former) => marks.map(({ sequence, hash }) => [sequence, hash[0]]);
    expect(told(former)).toEqual([
      [3, 3],
      [4, 4],
    ]);
    expect(told(later)).toEqual([[4, 44]]);
    expect(later[0]?.at).toBe(at);
  });

  it('keeps in which log a device goes on, and that it is in doubt until it is not', async () => {
    const { store, deviceId } = now();
    const doubt = { since: at, cause: 'other_history', isLogBegun: true } as const;
    const kept = async (change: (to: AuthorityTransaction) => Promise<void>) => {
      await store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        await change(transaction);
      });
      return store.transact(deviceId, (transaction) => transaction.getDevice());
    };
    expect((await kept((transaction) => transaction.saveDoubt(doubt, at)))?.doubt).toEqual(doubt);
    expect((await kept((transaction) => transaction.saveToldLog(2)))?.toldLogEpoch).toBe(2);
    const ended = await kept((transaction) => transaction.saveDoubt(undefined, at + 1));
    expect([ended?.doubt, ended?.doubtEndedAt]).toEqual([undefined, at + 1]);
    const heardAt = at + 5;
    const told = await kept((transaction) => transaction.savePresence({ ...presence, heardAt }));
    expect(told).toMatchObject({ lastHeardAt: heardAt, toldLogEpoch: presence.logEpoch });
  });

  it('counts each grant of a Key once, in whichever log, and what the door counted besides', async () => {
    const { store, deviceId, lockId } = now();
    const key = await now().addKey();
    const grant = (logEpoch: number, sequence: number, spent?: number): EventRecord => ({
      ...event(now(), sequence),
      ...{ logEpoch, key, type: 'key_accepted', method: 'pin', reason: 'granted', path: 'keypad' },
      ...(spent !== undefined && { uses: { spent, max: 9 } }),
    });
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.appendEvents(1, [grant(1, 6, 1), grant(1, 7, 2)], at);
      await transaction.appendEvents(2, [grant(2, 5, 2), grant(2, 6)], at);
    });
    const later = at + 1;
    const spent = () => store.transact(deviceId, (transaction) => transaction.getSpent());
    expect(await spent()).toEqual([{ lockId, keyId: key, spent: 4, isUnsure: false }]);

    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      const refused = { ...grant(2, 7, 8), type: 'key_refused', reason: 'uses_exhausted' } as const;
      await transaction.appendEvents(2, [{ ...refused, at: later }], at);
    });
    expect(await spent()).toEqual([{ lockId, keyId: key, spent: 8, isUnsure: false }]);
    const attempts = await store.transact(deviceId, (transaction) => transaction.getAttemptsSince(later));
    expect(attempts).toMatchObject([
      { lockId, key, type: 'key_refused', reason: 'uses_exhausted', path: 'keypad', at: later },
    ]);
  });
}
