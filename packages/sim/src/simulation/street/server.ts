import {
  advanceCommand,
  createMemoryStore,
  giveUpOn,
  issueList,
  issueOpen,
  memoryDevice,
  receiveAck,
  receiveEvents,
  receiveState,
  silentAfterMs,
  type AuthorityPorts,
  type MemoryDevice,
} from '@claviger/authority';
import { keyIdOf, verifierOf } from '@claviger/agent';
import { commandExpiryGraceMs } from '@claviger/domain';
import type { KeyRing } from '../../crypto.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Planted } from '../planted/planted.ts';
import type { Sometimes } from '../sometimes.ts';
import type { DoorBox } from './door-box.ts';
import type { Compiler, Facts } from './facts.ts';
import type { UpLetter } from './line.ts';
import type { DownLetter, Observe } from './observation.ts';
import { createSteppedStore, ProcessGone, type SteppedStore } from './stepped-store.ts';

export interface ServerParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly ring: KeyRing;
  readonly boxes: ReadonlyMap<string, DoorBox>;
  readonly compiler: Compiler;
  readonly observe: Observe;
  readonly count: (what: Sometimes) => void;
  readonly note: (who: string, what: string) => void;
  readonly send: (box: DoorBox, letter: DownLetter) => void;
  /** How often the database asks that a transaction be tried again. */
  readonly serializationShare: () => number;
  /** Asked at every await of a transaction: whether the server dies there. */
  readonly mayDie: () => boolean;
  readonly planted: Pick<Planted, 'store' | 'facts'>;
}

/** What the server is to the street: its authority, its jobs and what it knows of rights. */
export interface Server {
  readonly facts: () => Facts;
  readonly device: (box: DoorBox) => MemoryDevice;
  readonly devices: Map<string, MemoryDevice>;
  readonly isUp: () => boolean;
  /** Since when it is up without a break; Infinity while it is not. */
  readonly upSince: () => number;
  readonly receive: (box: DoorBox, letter: UpLetter) => void;
  /** A manager's change: committed in one transaction, with the wish for new lists. */
  readonly change: (what: string, lockIds: readonly string[], next: (facts: Facts) => Facts) => void;
  /** A manager opens, or the page of a Key asks. */
  readonly open: (box: DoorBox, request: { lockId: string; commandId: string; keyId?: string }) => void;
  /** A box has a new owner: `give` hands it over in the transaction that says so. */
  readonly own: (box: DoorBox, give: () => void) => void;
  readonly crash: (downForMs: number) => void;
  /** It is up, and stays up. */
  readonly heal: () => void;
}

const receivers = { state: receiveState, ack: receiveAck, events: receiveEvents };
const jobMs = 60;
const silenceEveryMs = 60_000;

interface Inside {
  readonly parts: ServerParts;
  readonly devices: Map<string, MemoryDevice>;
  readonly store: SteppedStore;
  readonly ports: AuthorityPorts;
  /** The facts by which the newest list of a lock was made. */
  readonly listedBy: Map<string, Facts>;
  /** Locks whose list a job is about to make. */
  readonly queued: Set<string>;
  facts: Facts;
  life: number;
  upSince: number;
}

function ownedDevice(box: DoorBox): MemoryDevice {
  const device = {
    entityId: box.entity().name,
    ownershipEpoch: box.epoch(),
    identityKey: box.identityKey,
    commandSequence: 0,
    bootNonce: undefined,
    bootNumber: 0,
    helloNumber: 0,
    isOnline: false,
  };
  const locks = box.locks.map(({ id, number }) => ({ id, number, status: 'active', openableAt: 0 }) as const);
  return memoryDevice(device, locks);
}

/** Runs a task of this life of the server; what dies with the server is no fault. */
function run(inside: Inside, ms: number, task: () => Promise<void>): void {
  const { scheduler } = inside.parts;
  const { life } = inside;
  scheduler.spawn(ms, async () => {
    if (inside.life !== life || inside.upSince === Infinity) return;
    try {
      await task();
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      inside.parts.count('the server died in a transaction');
    }
  });
}

function send(inside: Inside, box: DoorBox, letters: readonly DownLetter[]): void {
  for (const letter of letters) {
    inside.parts.observe({ type: 'signed', box, letter });
    inside.parts.send(box, letter);
  }
}

async function makeList(inside: Inside, box: DoorBox, lockId: string): Promise<void> {
  const { parts, store, ports } = inside;
  inside.queued.delete(lockId);
  const now = inside.facts;
  const compile = parts.compiler(parts.planted.facts(now, inside.listedBy.get(lockId)), lockId);
  if (!compile) return;
  const wanted = { deviceId: box.deviceId, lockId, compile };
  const issued = await store.transact(box.deviceId, (transaction) => issueList(transaction, wanted, ports));
  if (!issued) return;
  inside.listedBy.set(lockId, now);
  const { incarnation, version } = issued.record.list;
  parts.note('server', `lists ${box.name} ${lockId.slice(-4)} as ${incarnation}.${version}`);
  parts.observe({ type: 'listed', box, record: issued.record, facts: now });
  send(inside, box, issued.letters);
}

/** Makes the lists that are asked for, each once; what a dead server leaves is found at its start. */
function queueLists(inside: Inside, box: DoorBox): void {
  const wanted = inside.devices.get(box.deviceId)?.wanted ?? new Set();
  for (const lockId of wanted) {
    if (inside.queued.has(lockId)) continue;
    inside.queued.add(lockId);
    run(inside, 5 + inside.parts.chance.below(jobMs), () => makeList(inside, box, lockId));
  }
}

function receive(inside: Inside, box: DoorBox, { channel, message }: UpLetter): void {
  const { parts, ports, store } = inside;
  run(inside, 0, async () => {
    const receipt = await receivers[channel](box.deviceId, message, ports);
    if (!receipt.ok) {
      parts.count('a letter refused by the server');
      parts.note('server', `refuses ${box.name}: ${receipt.cause}`);
    }
    try {
      await store.live(1);
    } catch (error) {
      parts.count('the server died before it answered');
      throw error;
    }
    send(inside, box, receipt.replies);
    queueLists(inside, box);
  });
}

function open(
  inside: Inside,
  box: DoorBox,
  { lockId, commandId, keyId }: { lockId: string; commandId: string; keyId?: string },
): void {
  const { parts, ports, store } = inside;
  const { deviceId } = box;
  run(inside, 0, async () => {
    const request = {
      commandId,
      deviceId,
      lockId,
      keyId,
      requestedBy: keyId === undefined ? 'user' : undefined,
    };
    const issued = await store.transact(deviceId, (transaction) => issueOpen(transaction, request, ports));
    if (!issued.ok) {
      parts.note('server', `opens nothing at ${box.name}: ${issued.reason}`);
      return;
    }
    parts.note('server', `commands ${box.name} ${commandId.slice(-4)}`);
    endLater(inside, { deviceId, commandId, at: issued.command.notAfter + commandExpiryGraceMs });
    await store.live(2);
    send(inside, box, [issued.reply]);
    await store.transact(deviceId, (transaction) =>
      advanceCommand(transaction, commandId, { stage: 'sent', at: ports.now() }),
    );
  });
}

/** The job that ends a command which no door has accepted; it waits for a server that is down. */
function endLater(inside: Inside, due: { deviceId: string; commandId: string; at: number }): void {
  const { scheduler } = inside.parts;
  const { deviceId, commandId, at } = due;
  scheduler.after(at - scheduler.now(), () => {
    if (inside.upSince === Infinity) {
      endLater(inside, { ...due, at: scheduler.now() + 1_000 });
      return;
    }
    const { life } = inside;
    run(inside, 0, async () => {
      await inside.store.transact(deviceId, (transaction) =>
        advanceCommand(transaction, commandId, { stage: 'expired', at: scheduler.now() }),
      );
    });
    scheduler.after(1_000, () => {
      if (inside.life !== life) endLater(inside, { ...due, at: scheduler.now() });
    });
  });
}

function lookForSilence(inside: Inside): void {
  const { scheduler } = inside.parts;
  scheduler.after(silenceEveryMs, () => {
    lookForSilence(inside);
    for (const [deviceId, { device, lastHeardAt }] of inside.devices) {
      const heardAt = lastHeardAt ?? 0;
      if (!device.isOnline || scheduler.now() - heardAt < silentAfterMs) continue;
      run(inside, 0, () => giveUpOn(deviceId, heardAt, inside.ports));
    }
  });
}

function change(
  inside: Inside,
  { what, lockIds, next }: { what: string; lockIds: readonly string[]; next: (facts: Facts) => Facts },
): void {
  const { parts, store, devices } = inside;
  run(inside, 0, async () => {
    const locksOf = (id: string): string[] =>
      lockIds.filter((lock) => devices.get(id)?.locks.some((owned) => owned.id === lock));
    const deviceIds = [...devices.keys()].filter((id) => locksOf(id).length > 0);
    await store.together(deviceIds, () => {
      const before = inside.facts;
      inside.facts = next(before);
      for (const id of deviceIds) for (const lock of locksOf(id)) devices.get(id)?.wanted.add(lock);
      parts.note('manager', what);
      parts.observe({ type: 'changed', before, after: inside.facts });
    });
    for (const id of deviceIds) {
      const box = parts.boxes.get(id);
      if (box) queueLists(inside, box);
    }
  });
}

function createInside(parts: ServerParts, facts: Facts): Inside {
  const { scheduler, chance, ring, observe, boxes } = parts;
  const key = ring.keyOf('server');
  const crypto = ring.cryptoOf(key, 'server');
  const devices = new Map<string, MemoryDevice>();
  const store = createSteppedStore({
    ...{ scheduler, chance, inner: parts.planted.store(createMemoryStore(devices)) },
    life: () => inside.life,
    strike: () => {
      if (parts.mayDie()) crash(inside, 1_000 + chance.below(20_000));
    },
    slowShare: 0.2,
    serializationShare: parts.serializationShare,
    onRetry: () => {
      parts.count('a transaction tried again');
    },
    onCommitted: (deviceId) => {
      const box = boxes.get(deviceId);
      if (box) observe({ type: 'committed', box });
    },
  });
  const inside: Inside = {
    ...{ parts, devices, store, facts },
    ports: {
      store,
      signer: { keyId: keyIdOf(key.publicKey, crypto.sha256), sign: key.sign },
      verifierOf: (publicKey) => verifierOf([publicKey], crypto),
      sha256: crypto.sha256,
      now: scheduler.now,
    },
    listedBy: new Map(),
    queued: new Set(),
    life: 1,
    upSince: scheduler.now(),
  };
  return inside;
}

function crash(inside: Inside, downForMs: number): void {
  if (inside.upSince === Infinity) return;
  const { scheduler, note } = inside.parts;
  note('server', 'dies');
  inside.life += 1;
  inside.upSince = Infinity;
  inside.store.releaseAll();
  inside.queued.clear();
  scheduler.after(downForMs, () => {
    start(inside);
  });
}

function start(inside: Inside): void {
  if (inside.upSince !== Infinity) return;
  const { scheduler, boxes, note } = inside.parts;
  inside.upSince = scheduler.now();
  note('server', 'starts');
  for (const box of boxes.values()) queueLists(inside, box);
}

export function createServer(parts: ServerParts, facts: Facts): Server {
  const inside = createInside(parts, facts);
  lookForSilence(inside);
  for (const box of parts.boxes.values()) inside.devices.set(box.deviceId, ownedDevice(box));
  return {
    devices: inside.devices,
    facts: () => inside.facts,
    device: (box) => inside.devices.get(box.deviceId) ?? ownedDevice(box),
    isUp: () => inside.upSince !== Infinity,
    upSince: () => inside.upSince,
    receive: (box, letter) => {
      receive(inside, box, letter);
    },
    change: (what, lockIds, next) => {
      change(inside, { what, lockIds, next });
    },
    open: (box, request) => {
      open(inside, box, request);
    },
    own: (box, give) => {
      run(inside, 0, () =>
        inside.store.together([box.deviceId], () => {
          give();
          inside.devices.set(box.deviceId, ownedDevice(box));
        }),
      );
    },
    crash: (downForMs) => {
      crash(inside, downForMs);
    },
    heal: () => {
      start(inside);
    },
  };
}
