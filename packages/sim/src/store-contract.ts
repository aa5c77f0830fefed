import type { CommandRecord } from '@claviger/authority';
import { emptyLogHash } from '@claviger/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { counterContract } from './contract/counter-contract.ts';
import { at, event, hashOf, presence, type StoreFixture } from './contract/fixture.ts';
import { historyContract } from './contract/history-contract.ts';
import { listContract } from './contract/list-contract.ts';

export type { StoreFixture } from './contract/fixture.ts';

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
  counterContract(() => fixture);
}
