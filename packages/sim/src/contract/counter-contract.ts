import type { AuthorityTransaction, EventRecord } from '@claviger/authority';
import { expect, it } from 'vitest';
import { at, event, type StoreFixture } from './fixture.ts';

/** Events of log 2 in their order, told one after the other. */
function createTeller(now: () => StoreFixture, from: number) {
  let sequence = from;
  const told = (more: Partial<EventRecord>): EventRecord => {
    sequence += 1;
    return { ...event(now(), sequence), logEpoch: 2, ...more };
  };
  const work = <Result>(act: (transaction: AuthorityTransaction) => Promise<Result>): Promise<Result> =>
    now().store.transact(now().deviceId, async (transaction) => {
      await transaction.getDevice();
      return act(transaction);
    });
  return {
    told,
    work,
    tell: (more: Partial<EventRecord>) =>
      work((transaction) => transaction.appendEvents(2, [told(more)], at)),
    knownOf: async (...keys: readonly string[]) => {
      const spent = await work((transaction) => transaction.getSpent());
      return keys.map((key) => {
        const uses = spent.find(({ keyId }) => keyId === key);
        return uses && [uses.spent, uses.isUnsure];
      });
    },
  };
}

const lost = { type: 'events_lost', detail: 'given_up 3 1' } as const;

/** What lost events leave unknown, and what makes up for it; the tests build on those before them. */
function lossContract(now: () => StoreFixture): void {
  it('does not know every use after lost events, until a memory in no doubt tells a number', async () => {
    const { work, tell, knownOf } = createTeller(now, 100);
    const key = await now().addKey();
    const number = { key, type: 'key_refused', reason: 'expired', uses: { spent: 1, max: 9 } } as const;
    expect(await knownOf(key)).toEqual([undefined]);

    await tell(lost);
    expect(await knownOf(key)).toEqual([[0, true]]);
    const [state] = await work((transaction) => transaction.getListStates());
    expect(state?.areUsesOwed).toBe(true);

    const doubt = { since: at, cause: 'other_history', isLogBegun: true } as const;
    await work((transaction) => transaction.saveDoubt(doubt, at));
    await tell(number);
    expect(await knownOf(key)).toEqual([[1, true]]);
    await work((transaction) => transaction.saveDoubt(undefined, at));
    await tell(number);
    expect(await knownOf(key)).toEqual([[1, false]]);
  });

  it('takes from a door what it knows of its Keys, and that it does not know some', async () => {
    const { work, tell, knownOf } = createTeller(now, 200);
    const keys = [await now().addKey(), await now().addKey(), await now().addKey()] as const;
    const [one, doubted, silent] = keys;
    const doubtedKeys = () => work((transaction) => transaction.getDoubted());
    const raise = (keyId: string, spent: number, isInDoubt: boolean) =>
      work((transaction) => transaction.raiseSpent(now().lockId, [{ keyId, spent, isInDoubt }], at));
    await tell(lost);
    await raise(one, 3, false);
    await raise(doubted, 1, true);
    expect(await knownOf(...keys)).toEqual([
      [3, false],
      [1, true],
      [0, true],
    ]);

    await work((transaction) => transaction.settleUses(now().lockId, false));
    expect(await knownOf(silent)).toEqual([[0, true]]);
    await work((transaction) => transaction.settleUses(now().lockId, true));
    expect(await knownOf(...keys)).toEqual([[3, false], [1, true], undefined]);
    // A door forgets a Key that has left its list long ago; what it had counted nobody knows then.
    const forgotten = await now().addKey();
    await tell({ key: forgotten, type: 'key_accepted', uses: { spent: 2, max: 9 } });
    await tell(lost);
    await raise(one, 3, false);
    await work((transaction) => transaction.settleUses(now().lockId, true));
    expect(await knownOf(one, silent, forgotten)).toEqual([[3, false], undefined, [2, true]]);
    await tell({ type: 'counters_returned' });
    expect((await doubtedKeys()).filter(({ keyId }) => keyId === doubted || keyId === silent)).toEqual([]);

    await raise(doubted, 1, true);
    await tell({ key: doubted, type: 'key_refused', reason: 'expired', uses: { spent: 1, max: 9 } });
    expect((await doubtedKeys()).find(({ keyId }) => keyId === doubted)).toMatchObject({ spent: 1 });
    await raise(doubted, 4, false);
    expect((await doubtedKeys()).find(({ keyId }) => keyId === doubted)).toBeUndefined();
  });
}

/** What is known of the uses of Keys, and of which nobody knows; the tests build on those before them. */
export function counterContract(now: () => StoreFixture): void {
  it('knows which Keys have lost their records at a door, and of which it has every use', async () => {
    const { lockId } = now();
    const [one, other] = [await now().addKey(), await now().addKey()];
    const { told, work } = createTeller(now, 7);
    const grant = (key: string, spent: number): EventRecord =>
      told({ key, type: 'key_accepted', method: 'pin', reason: 'granted', uses: { spent, max: 9 } });
    const damaged = (key: string): EventRecord =>
      told({ key, type: 'memory_damaged', detail: 'damaged_key' });
    const doubtedAfter = (...events: readonly EventRecord[]) =>
      work(async (transaction) => {
        await transaction.appendEvents(2, events, at);
        return transaction.getDoubted();
      });

    const ofOne = { lockId, keyId: one, spent: 2 };
    expect(await doubtedAfter(grant(one, 2), told({ type: 'memory_damaged', key: one }))).toEqual([]);
    expect(await doubtedAfter(damaged(one))).toEqual([ofOne]);
    // The door has all its counters back, as the server knew them.
    expect(await doubtedAfter(told({ type: 'counters_returned' }))).toEqual([]);
    expect(await doubtedAfter(damaged(one))).toEqual([ofOne]);
    expect(await doubtedAfter(told(lost), damaged(other))).toEqual([]);
    const said = await doubtedAfter(grant(other, 5));
    expect(said).toEqual([{ lockId, keyId: other, spent: 5 }]);
    expect(await doubtedAfter(told({ type: 'counters_returned', key: other }))).toEqual([]);
    const suspended = { type: 'key_refused', reason: 'holder_suspended' } as const;
    const ofAnother = told({ ...suspended, key: other, detail: 'suspended_binding' });
    const ofCounter = told({ ...suspended, key: other, detail: 'suspended_counter' });
    expect(await doubtedAfter(ofAnother)).toEqual([]);
    expect(await doubtedAfter(ofCounter)).toEqual(said);
  });
  lossContract(now);
}
