import {
  advanceCommand,
  createMemoryStore,
  doubtedInMemory,
  issueOpen,
  memoryDevice,
  receiveAck,
  receiveEvents,
  receiveState,
  wantInMemory,
  type MemoryDevice,
} from '@claviger/authority';
import { keyIdOf, verifierOf } from '@claviger/agent';
import { commandExpiryGraceMs } from '@claviger/domain';
import type { DoorBox } from './box-face.ts';
import type { Facts } from './facts.ts';
import type { UpLetter } from './line.ts';
import {
  endLater,
  lookForSilence,
  queueLists,
  run,
  send,
  type Inside,
  type ServerParts,
} from './server-jobs.ts';
import { becomeImage, imageOf, isOfToday, takeReports, type ServerImage } from './restoring/restored.ts';
import { createSteppedStore } from './stepped-store.ts';

/** What the server is to the street: its authority, its jobs and what it knows of rights. */
export interface Server {
  readonly facts: () => Facts;
  readonly device: (box: DoorBox) => MemoryDevice;
  /** Keys whose counters it owes this box, for it knows them. */
  readonly doubted: (box: DoorBox) => readonly string[];
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
  /** Keeps everything as it is now. */
  readonly takeImage: () => void;
  /** The server is lost, and made again of its image; nothing where there is none of today's owners. */
  readonly restore: (downForMs: number) => void;
  /** It is up, and stays up. */
  readonly heal: () => void;
}

const receivers = { state: receiveState, ack: receiveAck, events: receiveEvents };

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
    lastHeardAt: undefined,
    logEpoch: 1,
    toldLogEpoch: undefined,
    doubt: undefined,
  };
  const locks = box.locks.map(({ id, number }) => ({ id, number, status: 'active', openableAt: 0 }) as const);
  return memoryDevice(device, locks);
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
    takeReports(inside, box, (each) => {
      queueLists(inside, each);
    });
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

/** What a change asks of the lists of these locks: other Keys than before, or all where more has changed. */
function wantLists(
  state: MemoryDevice | undefined,
  lockIds: readonly string[],
  { before, after }: { readonly before: Facts; readonly after: Facts },
): void {
  const changed = [...after.holdings].filter(([id, holding]) => before.holdings.get(id) !== holding);
  for (const lockId of lockIds) {
    const isWhole =
      before.locks.get(lockId) !== after.locks.get(lockId) || before.holidays !== after.holidays;
    if (state) wantInMemory(state, lockId, { isWhole, keys: changed.map(([id]) => id) });
  }
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
      for (const id of deviceIds) wantLists(devices.get(id), locksOf(id), { before, after: inside.facts });
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
      verifyOwn: verifierOf([key.publicKey], crypto),
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
  const kept: { image?: ServerImage } = {};
  const deviceOf = (box: DoorBox): MemoryDevice => inside.devices.get(box.deviceId) ?? ownedDevice(box);
  lookForSilence(inside);
  for (const box of parts.boxes.values()) inside.devices.set(box.deviceId, ownedDevice(box));
  return {
    devices: inside.devices,
    facts: () => inside.facts,
    device: deviceOf,
    doubted: (box) => doubtedInMemory(deviceOf(box)).map(({ keyId }) => keyId),
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
    takeImage: () => {
      kept.image = imageOf(inside);
    },
    restore: (downForMs) => {
      const { image } = kept;
      if (!image || !isOfToday(inside, image) || inside.upSince === Infinity) return;
      crash(inside, downForMs);
      becomeImage(inside, image);
    },
    heal: () => {
      start(inside);
    },
  };
}
