import type { AuthorityTransaction, CommandRecord, EventRecord, Presence } from '@claviger/authority';
import { emptyLogHash } from '@claviger/protocol';
import { at, hashOf, listContract, type StoreFixture } from './list-contract/store-contract.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

export type { StoreFixture } from './list-contract/store-contract.ts';

const presence: Presence = {
  bootNonce: new Uint8Array(16).fill(7),
  bootNumber: 3,
  helloNumber: 2,
  agentVersion: 'test',
  logEpoch: 1,
  heardAt: at,
};

function command(fixture: StoreFixture, sequence: number): CommandRecord {
  return {
    id: fixture.newId(),
    lockId: fixture.lockId,
    ownershipEpoch: 1,
    bootNumber: 3,
    sequence,
    stage: 'issued',
    requestedBy: fixture.userId,
    issuedAt: at,
    notAfter: at + 10_000,
  };
}

function event(fixture: StoreFixture, sequence: number): EventRecord {
  return {
    logEpoch: 1,
    sequence,
    lockId: fixture.lockId,
    type: 'exit_requested',
    at,
    uncertaintyMs: 5,
    method: undefined,
    reason: undefined,
    commandId: undefined,
    detail: undefined,
    hash: hashOf(sequence),
  };
}

/** What is kept of several histories of a device; the tests build on those before them. */
function historyContract(now: () => StoreFixture): void {
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
    expect(await spent()).toEqual([{ lockId, keyId: key, spent: 4 }]);

    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      const refused = { ...grant(2, 7, 8), type: 'key_refused', reason: 'uses_exhausted' } as const;
      await transaction.appendEvents(2, [{ ...refused, at: later }], at);
    });
    expect(await spent()).toEqual([{ lockId, keyId: key, spent: 8 }]);
    const attempts = await store.transact(deviceId, (transaction) => transaction.getAttemptsSince(later));
    expect(attempts).toMatchObject([
      { lockId, key, type: 'key_refused', reason: 'uses_exhausted', path: 'keypad', at: later },
    ]);
  });

  it('knows which Keys have lost their records at a door, and of which it has every use', async () => {
    const { store, deviceId, lockId } = now();
    const [one, other] = [await now().addKey(), await now().addKey()];
    let sequence = 7;
    const told = (more: Partial<EventRecord>): EventRecord => {
      sequence += 1;
      return { ...event(now(), sequence), logEpoch: 2, ...more };
    };
    const grant = (key: string, spent: number): EventRecord =>
      told({ key, type: 'key_accepted', method: 'pin', reason: 'granted', uses: { spent, max: 9 } });
    const damaged = (key: string): EventRecord =>
      told({ key, type: 'memory_damaged', detail: 'damaged_key' });
    const doubtedAfter = (...events: readonly EventRecord[]) =>
      store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        await transaction.appendEvents(2, events, at);
        return transaction.getDoubted();
      });

    const ofOne = { lockId, keyId: one, spent: 2 };
    expect(await doubtedAfter(grant(one, 2), told({ type: 'memory_damaged', key: one }))).toEqual([]);
    expect(await doubtedAfter(damaged(one))).toEqual([ofOne]);
    // Of an older disk: the door does not say that it knows this Key again.
    expect(await doubtedAfter(told({ type: 'counters_returned' }))).toEqual([ofOne]);
    const lost = told({ type: 'events_lost', detail: 'given_up 3 1' });
    expect(await doubtedAfter(lost, damaged(other))).toEqual([]);
    const said = await doubtedAfter(grant(other, 5));
    expect(said).toEqual([{ lockId, keyId: other, spent: 5 }]);
    expect(await doubtedAfter(told({ type: 'counters_returned', key: other }))).toEqual([]);
    const suspended = { type: 'key_refused', reason: 'holder_suspended' } as const;
    const ofAnother = told({ ...suspended, key: other, detail: 'suspended_binding' });
    const ofCounter = told({ ...suspended, key: other, detail: 'suspended_counter' });
    expect(await doubtedAfter(ofAnother)).toEqual([]);
    expect(await doubtedAfter(ofCounter)).toEqual(said);
  });
}

/**
 * What every store of the authority has to keep, in memory as in PostgreSQL. Call it inside a `describe`;
 * the tests build on one another.
 */
export function storeContract(open: () => Promise<StoreFixture>): void {
  let fixture: StoreFixture;
  beforeAll(async () => {
    fixture = await open();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it('does not know a device that nobody owns', async () => {
    const device = await fixture.store.transact(fixture.strangerId, (transaction) => transaction.getDevice());

    expect(device).toBeUndefined();
  });

  it('keeps what a hello says, and that a device is offline', async () => {
    const { store, deviceId } = fixture;
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.savePresence(presence);
    });
    const online = await store.transact(deviceId, (transaction) => transaction.getDevice());
    expect(online).toMatchObject({ isOnline: true, bootNumber: 3, helloNumber: 2, ownershipEpoch: 1 });
    expect([...(online?.bootNonce ?? [])]).toEqual([...presence.bootNonce]);

    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.saveOffline(at);
    });

    expect((await store.transact(deviceId, (transaction) => transaction.getDevice()))?.isOnline).toBe(false);
  });

  it('keeps the newest state of a door', async () => {
    const { store, deviceId, lockId } = fixture;
    for (const state of ['open', 'open', 'secured'] as const) {
      await store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        await transaction.saveDoor(lockId, { state, isTampered: false, at });
      });
    }

    expect(await fixture.doors()).toEqual([{ state: 'secured', isTampered: false, at }]);
  });

  it('dates the state of a door by its last movement, and never back', async () => {
    const { store, deviceId, lockId } = fixture;
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.saveDoor(lockId, { state: 'secured', isTampered: false, at });
      await transaction.saveMovement(lockId, at + 60_000);
      await transaction.saveMovement(lockId, at + 1_000);
    });

    expect(await fixture.doors()).toEqual([{ state: 'secured', isTampered: false, at: at + 60_000 }]);
  });

  it('keeps a command, its sequence number, its cooldown and each stage once', async () => {
    const { store, deviceId } = fixture;
    const issued = command(fixture, 1);
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.addCommand(issued, at + 3_000);
    });
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.saveStage(issued.id, 'accepted', { at });
      await transaction.saveStage(issued.id, 'refused', { at, reason: 'cooldown' });
    });

    const [device, locks, kept] = await store.transact(deviceId, async (transaction) => [
      await transaction.getDevice(),
      await transaction.getLocks(),
      await transaction.getCommand(issued.id),
    ]);
    expect(device?.commandSequence).toBe(1);
    expect(locks).toMatchObject([{ number: 1, status: 'active', openableAt: at + 3_000 }]);
    expect(kept).toMatchObject({ id: issued.id, stage: 'refused' });
    expect([...(await fixture.stages(issued.id))].sort()).toEqual(['accepted', 'issued', 'refused']);
  });

  it('keeps the cooldown of a lock as it was when a Key is presented there', async () => {
    const { store, deviceId } = fixture;
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      const presented = command(fixture, 90);
      await transaction.addCommand(presented);
      await transaction.saveStage(presented.id, 'refused', { at });
    });

    const locks = await store.transact(deviceId, (transaction) => transaction.getLocks());

    expect(locks).toMatchObject([{ openableAt: at + 3_000 }]);
  });

  it('knows the commands that are under way, in their order', async () => {
    const { store, deviceId, lockId } = fixture;
    const commands = ([3, 2, 4] as const).map((sequence) => command(fixture, sequence));
    const [newer, older, over] = commands;
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      for (const issued of commands) await transaction.addCommand(issued, at);
      await transaction.saveStage(newer?.id ?? '', 'opened', { at });
      await transaction.saveStage(over?.id ?? '', 'interrupted', { at });
    });

    const underWay = await store.transact(deviceId, (transaction) => transaction.getCommandsUnderWay());

    expect(underWay).toEqual([
      { id: older?.id, lockId, bootNumber: 3, sequence: 2, stage: 'issued' },
      { id: newer?.id, lockId, bootNumber: 3, sequence: 3, stage: 'opened' },
    ]);
  });

  it('adds a rung below the end of a command, once, and leaves the end', async () => {
    const { store, deviceId } = fixture;
    const issued = command(fixture, 5);
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.addCommand(issued, at);
      await transaction.saveStage(issued.id, 'interrupted', { at });
      for (let times = 0; times < 2; times += 1) await transaction.addRung(issued.id, 'unlocked', at);
    });

    const kept = await store.transact(deviceId, (transaction) => transaction.getCommand(issued.id));

    expect(kept?.stage).toBe('interrupted');
    expect([...(await fixture.stages(issued.id))].sort()).toEqual(['interrupted', 'issued', 'unlocked']);
  });

  it('leaves nothing of a transaction that failed', async () => {
    const { store, deviceId } = fixture;
    const lost = command(fixture, 99);
    const failing = store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.addCommand(lost, at);
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');

    const kept = await store.transact(deviceId, (transaction) => transaction.getCommand(lost.id));

    expect(kept).toBeUndefined();
  });

  it('lets transactions about one device follow each other', async () => {
    const { store, deviceId } = fixture;
    const add = (): Promise<number> =>
      store.transact(deviceId, async (transaction) => {
        const sequence = ((await transaction.getDevice())?.commandSequence ?? 0) + 1;
        await transaction.addCommand(command(fixture, sequence), at);
        return sequence;
      });

    const sequences = await Promise.all([add(), add(), add(), add(), add()]);

    expect(new Set(sequences).size).toBe(5);
  });

  it('appends events and knows where the log ends', async () => {
    const { store, deviceId } = fixture;
    const empty = await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      return transaction.getLog(1);
    });
    expect([empty.storedThrough, [...empty.lastHash]]).toEqual([0, [...emptyLogHash]]);
    for (const sequences of [[1, 2, 3], [4]]) {
      await store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        const events = sequences.map((sequence) => event(fixture, sequence));
        await transaction.appendEvents(1, events, at);
      });
    }

    const log = await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      return transaction.getLog(1);
    });
    expect([log.storedThrough, [...log.lastHash]]).toEqual([4, [...hashOf(4)]]);
    expect((await fixture.events()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('counts refusals by cause', async () => {
    const { store, deviceId } = fixture;
    for (const cause of ['ack foreign', 'events gap', 'events gap']) {
      await store.transact(deviceId, async (transaction) => {
        await transaction.getDevice();
        await transaction.noteRefusal(cause, at);
      });
    }

    expect(await fixture.refusals()).toEqual({ 'ack foreign': 1, 'events gap': 2 });
  });

  listContract(() => fixture);

  it('keeps what an event tells of a Key, its uses, the list and the reader', async () => {
    const { store, deviceId } = fixture;
    const told = {
      ...event(fixture, 5),
      type: 'key_refused' as const,
      method: 'pin' as const,
      key: 'tag:0102030405060708',
      uses: { spent: 2, max: 2 },
      list: { incarnation: 1, version: 3 },
      path: 'keypad',
      isStatic: true,
      second: 'card' as const,
    };
    await store.transact(deviceId, async (transaction) => {
      await transaction.getDevice();
      await transaction.appendEvents(1, [told], at);
    });

    expect((await fixture.events()).at(-1)).toMatchObject({ sequence: 5, type: 'key_refused' });
    expect(await fixture.lastAttempt()).toEqual({
      key: told.key,
      uses: told.uses,
      list: told.list,
      path: told.path,
      isStatic: told.isStatic,
      second: told.second,
    });
  });

  historyContract(() => fixture);
}
