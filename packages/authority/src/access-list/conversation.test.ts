import {
  areEqual,
  decodeAccessList,
  helloMessage,
  kindNumberOf,
  listHeadMessage,
  listPieceLimit,
  listPieceMessage,
  openMessage,
  reportAskMessage,
  sealMessage,
  timeMessage,
  uuidBytes,
  type HelloMessage,
} from '@claviger/protocol';
import { seededCrypto, seededKey } from '@claviger/sim';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuthorityPorts, Reply } from '../authority.ts';
import { createMemoryStore, memoryDevice, type MemoryDevice } from '../memory-store.ts';
import { receiveState } from '../presence.ts';
import { compileAccessList, type ListHead } from './compile.ts';
import { issueList } from './issue.ts';
import type { ListVersion } from './list-store.ts';

const deviceId = '0193a6c0-1111-7000-8000-000000000001';
const lockId = '0193a6c0-2222-7000-8000-000000000002';
const startsAt = Date.UTC(2026, 10, 25, 8);
const keyId = new Uint8Array(8).fill(1);

let now: number;
let devices: Map<string, MemoryDevice>;
let ports: AuthorityPorts;
let hellos: number;

const server = seededKey('server');
const door = seededKey('door');
const crypto = seededCrypto(server, 'server');

beforeEach(() => {
  now = startsAt;
  hellos = 0;
  const device = {
    entityId: '0193a6c0-4444-7000-8000-000000000004',
    ownershipEpoch: 1,
    identityKey: door.publicKey,
    commandSequence: 0,
    bootNonce: undefined,
    bootNumber: 0,
    helloNumber: 0,
    isOnline: false,
    lastHeardAt: undefined,
    logEpoch: 1,
    toldLogEpoch: undefined,
    doubt: undefined,
  };
  const lock = { id: lockId, number: 1, status: 'active' as const, openableAt: 0 };
  devices = new Map([[deviceId, memoryDevice(device, [lock])]]);
  ports = {
    store: createMemoryStore(devices),
    signer: { keyId, sign: server.sign },
    verifierOf: (publicKey) => (_keyId, bytes, signature) => crypto.verify(publicKey, bytes, signature),
    verifyOwn: (_keyId, bytes, signature) => crypto.verify(server.publicKey, bytes, signature),
    sha256: crypto.sha256,
    now: () => now,
  };
});

function state(): MemoryDevice {
  const found = devices.get(deviceId);
  if (!found) throw new Error('the device is gone');
  return found;
}

const lock = {
  id: lockId,
  status: 'active',
  capabilities: ['keypad'],
  lockdown: false,
  evacuation: false,
  minimumAssurance: 'low',
  secondFactor: false,
  staticQr: false,
  doorModes: [],
  floors: [],
  firstPersonIn: false,
  whenUnrecorded: 'deny',
} as const;

const zone = { from: 0, until: startsAt * 2, offsets: [{ from: 0, offsetS: 3600 }] };

/** Issues a list with so many links, none by default. */
function issue(links = 0) {
  const name = (index: number): string => `0193a6c0-5555-7000-8000-${String(index).padStart(12, '0')}`;
  const facts = {
    holidays: [],
    profiles: [],
    accessGroups: [],
    chips: [],
    issuers: [],
    keys: Array.from({ length: links }, (_, index) => ({
      id: name(index),
      type: 'guest' as const,
      state: 'active' as const,
      isHolderDeactivated: false,
      floors: [],
      emergency: false,
      firstPerson: false,
      holidayExempt: false,
      secondFactor: false,
      issue: 1,
      bindings: [{ lock: lockId, state: 'active' as const }],
    })),
    credentials: Array.from({ length: links }, (_, index) => ({
      lookup: `link:${name(index)}`,
      key: name(index),
      kind: 'link' as const,
      state: 'active' as const,
      duress: false,
    })),
  };
  const compile = (heading: Omit<ListHead, 'zone'>) => compileAccessList(facts, lock, { ...heading, zone });
  return ports.store.transact(deviceId, async (transaction) => {
    await transaction.wantList(lockId, now);
    return issueList(transaction, { deviceId, lockId, compile }, ports);
  });
}

/** The door says hello, naming its list if it has one; what the server answers. */
async function hello(list?: ListVersion, more: Partial<HelloMessage> = {}): Promise<readonly Reply[]> {
  hellos += 1;
  const body: HelloMessage = {
    device: uuidBytes(deviceId),
    ownershipEpoch: state().device.ownershipEpoch,
    bootNonce: new Uint8Array(16),
    bootNumber: 1,
    helloNumber: hellos,
    timeNonce: new Uint8Array(16).fill(hellos),
    logEpoch: 0,
    lastSequence: 0,
    commandSequence: 0,
    agentVersion: 'test',
    doors: [],
    lists: list ? [{ lock: 1, list }] : [],
    ...more,
  };
  const message = sealMessage(helloMessage, body, { keyId, sign: door.sign });
  const receipt = await receiveState(deviceId, message, ports);
  if (!receipt.ok) throw new Error(receipt.cause);
  return receipt.replies;
}

const verify = (_keyId: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean =>
  crypto.verify(server.publicKey, bytes, signature);

/** The lists that the time reply names. */
function namedIn([time]: readonly Reply[]): ListVersion[] {
  const opened = openMessage(timeMessage, time?.message ?? new Uint8Array(), verify);
  if (!opened.ok) throw new Error(opened.fault);
  return opened.body.lists.map(({ list }) => list);
}

describe('an access list', () => {
  it('is named in order, and goes to a door as a signed head and the pieces it counts', async () => {
    await hello();
    const first = await issue();
    const second = await issue(1_500);
    const [head, ...pieces] = second?.letters ?? [];

    const opened = openMessage(listHeadMessage, head?.message ?? new Uint8Array(), verify);
    if (!opened.ok) throw new Error(opened.fault);
    expect(first?.record.list).toEqual({ incarnation: 1, version: 1 });
    expect(opened.body).toMatchObject({ lock: 1, list: { incarnation: 1, version: 2 }, signedAt: startsAt });
    expect(pieces.length).toBeGreaterThan(1);
    expect(opened.body.pieces).toBe(pieces.length);
    const parts = pieces.map(({ message }, index) => {
      const piece = openMessage(listPieceMessage, message, verify);
      if (!piece.ok) throw new Error(piece.fault);
      expect([piece.body.index, piece.body.piece.length <= listPieceLimit]).toEqual([index, true]);
      return [...piece.body.piece];
    });
    const whole = Uint8Array.from(parts.flat());
    expect(areEqual(crypto.sha256(whole), opened.body.hash)).toBe(true);
    expect(decodeAccessList(whole)).toMatchObject({ device: deviceId, ownershipEpoch: 1, version: 2 });
  });

  it('waits for the hello of a door that is away, and is sent then', async () => {
    const issued = await issue();
    expect(issued?.letters).toEqual([]);

    const replies = await hello();

    expect(namedIn(replies)).toEqual([{ incarnation: 1, version: 1 }]);
    expect(replies).toHaveLength(3);
  });

  it('is sent again to a door that names an older one, but not while it is on its way', async () => {
    await hello();
    await issue();
    await issue();

    const atOnce = await hello({ incarnation: 1, version: 1 });
    now += 3_000;
    const later = await hello({ incarnation: 1, version: 1 });

    expect([atOnce.length, later.length]).toEqual([1, 3]);
  });

  it('is sent again at once to a door that was told the time since, and has not got it', async () => {
    await hello();
    await issue();
    await issue();
    now += 1_000;
    const first = await hello({ incarnation: 1, version: 1 });
    const told = now;
    now += 10;

    const second = await hello({ incarnation: 1, version: 1 }, { heardAt: told });
    // What was sent with the time comes after it.
    const third = await hello({ incarnation: 1, version: 1 }, { heardAt: now });

    expect([first.length, second.length, third.length]).toEqual([1, 3, 1]);
  });

  it('is not sent to a door that has it, and is known to be taken', async () => {
    await hello();
    await issue();
    now += 60_000;

    const replies = await hello({ incarnation: 1, version: 1 });

    expect(replies).toHaveLength(1);
    expect(state().lists.get(lockId)?.told).toEqual({ incarnation: 1, version: 1 });
  });

  it('is asked for where a lock has none yet', async () => {
    const replies = await hello();

    expect(namedIn(replies)).toEqual([]);
    expect([...state().wanted]).toEqual([[lockId, { isWhole: true, keys: [] }]]);
  });

  it('is held back where the door knows a newer one, until that is told', async () => {
    await hello();
    await issue();
    const replies = await hello({ incarnation: 1, version: 9 });

    const kinds = replies.map(({ message }) => kindNumberOf(message));
    expect(kinds).toEqual([timeMessage.number, reportAskMessage.number]);
    expect(await issue()).toBeUndefined();
    await ports.store.transact(deviceId, (transaction) => transaction.settleReport(lockId, now));
    expect((await issue())?.record.list).toEqual({ incarnation: 2, version: 1 });
  });

  it('of a former owner is neither named nor sent, and the next one begins a new incarnation', async () => {
    await hello();
    await issue();
    now += 60_000;
    state().device = { ...state().device, ownershipEpoch: 2, bootNumber: 0, helloNumber: 0 };

    const replies = await hello();

    expect([namedIn(replies), replies.length]).toEqual([[], 1]);
    expect((await issue())?.record.list).toEqual({ incarnation: 2, version: 1 });
  });
});
