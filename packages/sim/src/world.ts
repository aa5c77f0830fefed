import { createAgent, keyIdOf, verifierOf, type Agent } from '@claviger/agent';
import {
  createMemoryStore,
  issueOpen,
  memoryDevice,
  receiveAck,
  receiveEvents,
  receiveState,
  type AuthorityPorts,
  type Issued,
  type MemoryDevice,
  type Receipt,
} from '@claviger/authority';
import type { DoorSettings } from '@claviger/domain';
import { lastWill, type DownChannel, type UpChannel } from '@claviger/protocol';
import { createVirtualClock, type VirtualClock } from './clock.ts';
import { seededCrypto, seededKey } from './crypto.ts';
import { createVirtualDisk, type VirtualDisk } from './disk.ts';
import { createVirtualHardware, type VirtualHardware } from './hardware.ts';

export const worldStartsAt = Date.UTC(2026, 10, 25, 8, 0, 0);
export const doorSettings: DoorSettings = { unlockForMs: 5_000, heldOpenAfterMs: 30_000, exitShuntMs: 10_000 };
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
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Lets both sides talk until nobody has anything to say. */
  settle(): Promise<void>;
  /** Lets time pass, waking the agent whenever it wants; both sides talk meanwhile. */
  pass(ms: number): Promise<void>;
  /** The server issues an opening; the letter is returned and not yet on its way. */
  issue(commandId: string): Promise<Issued>;
  deliver(letter: Letter): Promise<void>;
  /** The power fails and comes back: the same disk, or an older image of it, with a new agent. */
  reboot(disk?: VirtualDisk): void;
}

interface Wires {
  isUp: boolean;
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
  };
  return memoryDevice(device, [{ id: theLock, number: 1, status: 'active', openableAt: 0 }]);
}

const receivers = { state: receiveState, ack: receiveAck, events: receiveEvents };

export function createWorld(options: { readonly wallAt?: number } = {}): World {
  const clock = createVirtualClock(options.wallAt ?? worldStartsAt);
  const hardware = createVirtualHardware(clock.mono);
  const devices = new Map([[theDevice, ownedDevice()]]);
  const authority = authorityPorts(devices, clock);
  const wires: Wires = { isUp: false, queue: [], letters: [] };
  const diary: string[] = [];
  const receipts: Receipt[] = [];
  let disk = createVirtualDisk();
  let boots = 0;

  const write = (letter: Letter): void => {
    wires.letters.push(letter);
    if (wires.isUp) wires.queue.push(letter);
  };
  const boot = (): Agent => {
    boots += 1;
    const crypto = seededCrypto(seededKey('door'), `door ${boots}`);
    const identity = {
      deviceId: theDevice,
      ownershipEpoch: 1,
      identityKey: seededKey('door').publicKey,
      serverKeys: [seededKey('server').publicKey],
      agentVersion: 'test',
      locks: [{ number: 1, settings: doorSettings }],
    };
    const link = { publish: (channel: UpChannel, message: Uint8Array) => { write({ direction: 'up', channel, message }); } };
    const note = (level: string, text: string): void => void diary.push(`${level} ${text}`);
    return createAgent(identity, { clock, crypto, hardware, link, store: disk, diary: { note } });
  };
  let agent = boot();

  const deliver = async (letter: Letter): Promise<void> => {
    if (letter.direction === 'down') {
      agent.receive(letter.channel, letter.message);
      return;
    }
    const receipt = await receivers[letter.channel](theDevice, letter.message, authority);
    receipts.push(receipt);
    for (const reply of receipt.replies) write({ direction: 'down', ...reply });
  };
  const settle = async (): Promise<void> => {
    for (let letter = wires.queue.shift(); letter; letter = wires.queue.shift()) await deliver(letter);
  };
  const pass = async (ms: number): Promise<void> => {
    const end = clock.mono() + ms;
    for (;;) {
      const due = agent.nextWakeAt();
      if (due === undefined || due > end) break;
      clock.advance(Math.max(0, due - clock.mono()));
      agent.wake();
      await settle();
    }
    clock.advance(end - clock.mono());
  };

  return {
    clock,
    hardware,
    get disk() {
      return disk;
    },
    get agent() {
      return agent;
    },
    diary,
    letters: wires.letters,
    receipts,
    server: () => devices.get(theDevice) ?? ownedDevice(),
    connect: async () => {
      wires.isUp = true;
      agent.linkUp();
      await settle();
    },
    disconnect: async () => {
      wires.isUp = false;
      wires.queue.length = 0;
      agent.linkDown();
      await receiveState(theDevice, lastWill, authority);
    },
    settle,
    pass,
    issue: (commandId) =>
      authority.store.transact(theDevice, (transaction) =>
        issueOpen(
          transaction,
          { commandId, deviceId: theDevice, lockId: theLock, requestedBy: theUser },
          authority,
        ),
      ),
    deliver,
    reboot: (image) => {
      disk = image ?? disk;
      wires.isUp = false;
      wires.queue.length = 0;
      agent = boot();
    },
  };
}
