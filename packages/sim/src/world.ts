import { keyIdOf, verifierOf, type Agent } from '@claviger/agent';
import {
  advanceCommand,
  createMemoryStore,
  issueList,
  issueOpen,
  markRestored,
  memoryDevice,
  receiveAck,
  receiveEvents,
  receiveState,
  type AuthorityPorts,
  type Issued,
  type ListCompiler,
  type MemoryDevice,
  type Receipt,
} from '@claviger/authority';
import { lastWill, type DownChannel, type UpChannel } from '@claviger/protocol';
import { createVirtualBox, type BoxOptions, type VirtualBox } from './box.ts';
import { createVirtualClock, type VirtualClock } from './clock.ts';
import { seededCrypto, seededKey } from './crypto.ts';
import type { VirtualDisk } from './disk.ts';
import type { VirtualHardware } from './hardware.ts';

export const worldStartsAt = Date.UTC(2026, 10, 25, 8, 0, 0);
export const theDevice = '0193a6c0-1111-7000-8000-000000000001';
export const theLock = '0193a6c0-2222-7000-8000-000000000002';
export const theUser = '0193a6c0-3333-7000-8000-000000000003';

/** A message on its way, from the door or to it. */
export type Letter =
  | { readonly direction: 'up'; readonly channel: UpChannel; readonly message: Uint8Array }
  | { readonly direction: 'down'; readonly channel: DownChannel; readonly message: Uint8Array };

/** One door, its server and what lies between. Nothing moves unless it is told to. */
export interface World {
  readonly clock: VirtualClock;
  readonly hardware: VirtualHardware;
  readonly disk: VirtualDisk;
  readonly agent: Agent;
  readonly diary: readonly string[];
  /** Every letter that was ever written, for those who read along. */
  readonly letters: readonly Letter[];
  readonly receipts: readonly Receipt[];
  server(): MemoryDevice;
  readonly ports: AuthorityPorts;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Lets both sides talk until nobody has anything to say. */
  settle(): Promise<void>;
  /** Lets time pass, waking the agent whenever it wants; both sides talk meanwhile. */
  pass(ms: number): Promise<void>;
  /** The server issues an opening; the letter is returned and not yet on its way. */
  issue(commandId: string): Promise<Issued>;
  deliver(letter: Letter): Promise<void>;
  /** From now on the wire loses the letters of which this is true; nothing given, none. */
  lose(isLost?: (letter: Letter) => boolean): void;
  /** The server's timer of this command has run out. */
  expire(commandId: string): Promise<void>;
  /** The power fails and comes back: the same disk, or an older image of it, with a new agent. */
  reboot(disk?: VirtualDisk): void;
  /** The server is lost, and another one is made of what it knew once; the line is down. */
  restoreServer(image: MemoryDevice): void;
  /** The server makes the next list of the lock; undefined where it holds it back. The line brings it. */
  makeList(compile: ListCompiler): Promise<void>;
  /** Only what these Keys are has changed for the next list. */
  wantKeys(...keys: readonly string[]): Promise<void>;
  /** The program of the door ends and starts again, while the hardware goes on. */
  restart(): void;
}

interface Wires {
  isUp: boolean;
  isLost: (letter: Letter) => boolean;
  readonly queue: Letter[];
  readonly letters: Letter[];
}

function authorityPorts(devices: Map<string, MemoryDevice>, clock: VirtualClock): AuthorityPorts {
  const key = seededKey('server');
  const crypto = seededCrypto(key, 'server');
  return {
    store: createMemoryStore(devices),
    signer: { keyId: keyIdOf(key.publicKey, crypto.sha256), sign: key.sign },
    verifierOf: (publicKey) => verifierOf([publicKey], crypto),
    verifyOwn: verifierOf([key.publicKey], crypto),
    sha256: crypto.sha256,
    now: () => worldStartsAt + clock.mono(),
  };
}

function ownedDevice(): MemoryDevice {
  const device = {
    entityId: '0193a6c0-4444-7000-8000-000000000004',
    ownershipEpoch: 1,
    identityKey: seededKey('door').publicKey,
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
  return memoryDevice(device, [{ id: theLock, number: 1, status: 'active', openableAt: 0 }]);
}

const receivers = { state: receiveState, ack: receiveAck, events: receiveEvents };

interface Parts {
  readonly clock: VirtualClock;
  readonly devices: Map<string, MemoryDevice>;
  readonly authority: AuthorityPorts;
  readonly wires: Wires;
  readonly receipts: Receipt[];
  readonly box: VirtualBox;
}

function write(wires: Wires, letter: Letter): void {
  wires.letters.push(letter);
  if (wires.isUp && !wires.isLost(letter)) wires.queue.push(letter);
}

interface WorldOptions {
  readonly wallAt?: number;
  /** Most events that the door keeps for the server. */
  readonly journalCapacity?: number;
  /** Bytes of a list that the door looks at in one go. */
  readonly listSliceBytes?: number;
  /** Another box's disk; left out: an empty one. */
  readonly disk?: VirtualDisk;
  readonly ownershipEpoch?: number;
  /** What stands between the agent and its ports, at each boot; left out: nothing. */
  readonly between?: BoxOptions['between'];
}

function createParts(options: WorldOptions): Parts {
  const { wallAt = worldStartsAt, ownershipEpoch = 1 } = options;
  const { journalCapacity, listSliceBytes, disk, between } = options;
  const clock = createVirtualClock(wallAt);
  const devices = new Map([[theDevice, ownedDevice()]]);
  const wires: Wires = { isUp: false, isLost: () => false, queue: [], letters: [] };
  const box = createVirtualBox({
    seed: 'door',
    deviceId: theDevice,
    ownershipEpoch,
    serverKeys: [seededKey('server').publicKey],
    clock,
    publish: (channel, message) => {
      write(wires, { direction: 'up', channel, message });
    },
    ...{ journalCapacity, listSliceBytes, disk, between },
  });
  return { clock, devices, authority: authorityPorts(devices, clock), wires, receipts: [], box };
}

async function deliver(parts: Parts, letter: Letter): Promise<void> {
  if (letter.direction === 'down') {
    parts.box.agent.receive(letter.channel, letter.message);
    return;
  }
  const receipt = await receivers[letter.channel](theDevice, letter.message, parts.authority);
  parts.receipts.push(receipt);
  for (const reply of receipt.replies) write(parts.wires, { direction: 'down', ...reply });
}

async function settle(parts: Parts): Promise<void> {
  const { queue } = parts.wires;
  for (let letter = queue.shift(); letter; letter = queue.shift()) await deliver(parts, letter);
}

async function pass(parts: Parts, ms: number): Promise<void> {
  const { clock, box } = parts;
  const end = clock.mono() + ms;
  for (;;) {
    const due = box.agent.nextWakeAt();
    if (due === undefined || due > end) break;
    clock.advance(Math.max(0, due - clock.mono()));
    box.agent.wake();
    await settle(parts);
  }
  clock.advance(end - clock.mono());
}

function cut({ wires }: Parts): void {
  wires.isUp = false;
  wires.queue.length = 0;
}

function issue({ authority }: Parts, commandId: string): Promise<Issued> {
  const request = { commandId, deviceId: theDevice, lockId: theLock, requestedBy: theUser };
  return authority.store.transact(theDevice, (transaction) => issueOpen(transaction, request, authority));
}

async function expire({ authority }: Parts, commandId: string): Promise<void> {
  await authority.store.transact(theDevice, async (transaction) => {
    await advanceCommand(transaction, commandId, { stage: 'expired', at: authority.now() });
  });
}

async function makeList(parts: Parts, compile: ListCompiler): Promise<void> {
  const wanted = { deviceId: theDevice, lockId: theLock, compile };
  const { authority } = parts;
  const issued = await authority.store.transact(theDevice, async (transaction) => {
    const { keys } = await transaction.getWanted(theLock);
    if (keys.length === 0) await transaction.wantList(theLock, authority.now());
    return issueList(transaction, wanted, authority);
  });
  for (const reply of issued?.letters ?? []) write(parts.wires, { direction: 'down', ...reply });
  await settle(parts);
}

function wantKeys({ authority }: Parts, keys: readonly string[]): Promise<void> {
  const { store, now } = authority;
  return store.transact(theDevice, (transaction) => transaction.wantKeys(theLock, keys, now()));
}

export function createWorld(options: WorldOptions = {}): World {
  const parts = createParts(options);
  const { box, clock, wires, receipts } = parts;
  return {
    clock,
    receipts,
    ports: parts.authority,
    letters: wires.letters,
    hardware: box.hardware,
    diary: box.diary,
    get disk() {
      return box.disk;
    },
    get agent() {
      return box.agent;
    },
    server: () => parts.devices.get(theDevice) ?? ownedDevice(),
    connect: async () => {
      wires.isUp = true;
      box.agent.linkUp();
      await settle(parts);
    },
    disconnect: async () => {
      cut(parts);
      box.agent.linkDown();
      await receiveState(theDevice, lastWill, parts.authority);
    },
    settle: () => settle(parts),
    pass: (ms) => pass(parts, ms),
    issue: (commandId) => issue(parts, commandId),
    deliver: (letter) => deliver(parts, letter),
    lose: (isLost = () => false) => {
      wires.isLost = isLost;
    },
    expire: (commandId) => expire(parts, commandId),
    restoreServer: (image) => {
      cut(parts);
      const at = parts.authority.now();
      parts.devices.set(theDevice, markRestored(image, { incarnation: Math.floor(at / 10_000), at }));
    },
    makeList: (compile) => makeList(parts, compile),
    wantKeys: (...keys) => wantKeys(parts, keys),
    reboot: (image) => {
      cut(parts);
      box.reboot(image);
    },
    restart: () => {
      cut(parts);
      box.restart();
    },
  };
}
