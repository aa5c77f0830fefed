import type { Ports } from '@claviger/agent';
import { decodeEvent, type UpChannel } from '@claviger/protocol';
import { createVirtualBox, type VirtualBox } from '../../box.ts';
import { createVirtualClock, type VirtualClock } from '../../clock.ts';
import { createVirtualDisk, PowerCut, type VirtualDisk } from '../../disk.ts';
import type { KeyRing } from '../../crypto.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Entity } from './facts.ts';
import type { BoxLock, DoorBox } from './box-face.ts';
import type { Cause } from './cause.ts';
import type { KeptEvent, Observe } from './observation.ts';
import { createPower, type CutPoint, type Power } from './power.ts';

/** What a box is given when it is put on the wall, and what it is joined to. */
export interface BoxParts {
  readonly name: string;
  readonly deviceId: string;
  readonly lockIds: readonly string[];
  readonly entity: Entity;
  readonly serverKey: Uint8Array;
  readonly ring: KeyRing;
  readonly scheduler: Scheduler;
  readonly observe: Observe;
  readonly driftPpm: number;
  readonly journalCapacity: number | undefined;
  /** Bytes of a list that it looks at in one go; not given: as in a real box. */
  readonly listSliceBytes: number | undefined;
  readonly publish: (channel: UpChannel, message: Uint8Array) => void;
  /** A bug between the agent and its ports, or nothing. */
  readonly planted: (ports: Ports, box: DoorBox) => Ports;
}

interface Inside {
  readonly clock: VirtualClock;
  readonly locks: readonly BoxLock[];
  box: VirtualBox | undefined;
  power: Power;
  disk: VirtualDisk;
  isDiskFull: boolean;
  roomSince: number;
  cause: Cause;
  boots: number;
  epoch: number;
  entity: Entity;
  advancedTo: number;
  cutAt: CutPoint | undefined;
  wakeListener: () => void;
}

const starting: Cause = { kind: 'start' };

function watchDisk(parts: BoxParts, inside: Inside, self: DoorBox): void {
  inside.disk.watch(({ puts, appended, dropped }) => {
    const { cause } = inside;
    parts.observe({
      ...{ type: 'kept', box: self, cause, puts },
      appended: appended.map(({ encoded, hash }): KeptEvent => ({ ...decodeEvent(encoded), hash })),
      dropped: dropped.map(({ sequence }) => sequence),
    });
  });
}

/** The relay as it is heard from outside; the power stands nearer to the agent. */
function heard(ports: Ports, parts: BoxParts, { inside, self }: { inside: Inside; self: DoorBox }): Ports {
  const setRelay = (lock: number, isUnlocked: boolean): void => {
    ports.hardware.setRelay(lock, isUnlocked);
    parts.observe({ type: 'relay', box: self, lock, isUnlocked, cause: inside.cause });
  };
  const publish = (channel: UpChannel, message: Uint8Array): void => {
    parts.observe({ type: 'said', box: self, channel, message });
    ports.link.publish(channel, message);
  };
  return { ...ports, hardware: { ...ports.hardware, setRelay }, link: { publish } };
}

function startAgent(parts: BoxParts, inside: Inside, self: DoorBox): void {
  const { ring, name, deviceId } = parts;
  const key = ring.keyOf(`box ${name}`);
  inside.box = createVirtualBox({
    ...{ seed: name, deviceId, ownershipEpoch: inside.epoch, serverKeys: [parts.serverKey] },
    ...{ clock: self.clock, publish: parts.publish, secrets: inside.entity.secrets },
    ...{
      journalCapacity: parts.journalCapacity,
      listSliceBytes: parts.listSliceBytes,
      disk: inside.disk,
      identityKey: key.publicKey,
    },
    locks: self.locks.map(({ number }) => number),
    cryptoAt: () => ring.cryptoOf(key, `${name} ${inside.epoch} ${inside.boots}`),
    between: (ports) => parts.planted(inside.power.between(heard(ports, parts, { inside, self })), self),
  });
}

/** Everything that fails within a call ends in a box that is off: as its programs are ended by any fault. */
function attempt(parts: BoxParts, inside: Inside, call: { cause: Cause; self: DoorBox; work: () => void }) {
  const { cause, self, work } = call;
  inside.cause = cause;
  inside.cutAt = undefined;
  let fault: string | undefined;
  try {
    work();
  } catch (error) {
    if (!(error instanceof PowerCut) && !inside.power.isDead()) fault = String(error);
    inside.power.die();
  }
  inside.power.hold();
  const isCut = inside.power.isDead();
  inside.cutAt = inside.power.cutAt();
  parts.observe({ type: 'acted', box: self, cause, isCut, fault });
  if (!isCut) return true;
  inside.box?.hardware.fallBack();
  inside.box = undefined;
  parts.observe({ type: 'powered_off', box: self });
  return false;
}

function createInside({ entity, scheduler, driftPpm, lockIds }: BoxParts): Inside {
  const now = scheduler.now();
  return {
    clock: createVirtualClock(now, driftPpm),
    locks: lockIds.map((id, place): BoxLock => ({ number: place + 1, id })),
    box: undefined,
    power: createPower(),
    disk: createVirtualDisk(),
    isDiskFull: false,
    roomSince: 0,
    cause: starting,
    boots: 0,
    epoch: 1,
    entity,
    advancedTo: now,
    cutAt: undefined,
    wakeListener: () => undefined,
  };
}

function tellTime({ scheduler }: BoxParts, inside: Inside): void {
  inside.clock.advance(scheduler.now() - inside.advancedTo);
  inside.advancedTo = scheduler.now();
}

type Said =
  | 'isDiskFull'
  | 'roomSince'
  | 'setDiskFull'
  | 'disk'
  | 'epoch'
  | 'entity'
  | 'boots'
  | 'isRunning'
  | 'lastWords'
  | 'cutAt'
  | 'wakesInMs'
  | 'onWake';

/** What a box tells of itself. */
function sayingsOf({ driftPpm, scheduler }: BoxParts, inside: Inside): Pick<DoorBox, Said> {
  return {
    disk: () => inside.disk,
    isDiskFull: () => inside.isDiskFull,
    roomSince: () => (inside.isDiskFull ? Infinity : inside.roomSince),
    setDiskFull: (isFull) => {
      inside.isDiskFull = isFull;
      inside.roomSince = scheduler.now();
      inside.disk.setFull(isFull);
    },
    epoch: () => inside.epoch,
    entity: () => inside.entity,
    boots: () => inside.boots,
    isRunning: () => inside.box !== undefined,
    lastWords: () => inside.box?.diary.at(-1),
    cutAt: () => inside.cutAt,
    wakesInMs: () => {
      const due = inside.box?.agent.nextWakeAt();
      if (due === undefined) return undefined;
      return Math.max(0, Math.ceil((due - inside.clock.mono()) / (1 + driftPpm / 1_000_000)));
    },
    onWake: (listener) => {
      inside.wakeListener = listener;
    },
  };
}

function give(inside: Inside, owned: { entity: Entity; epoch: number; lockIds: readonly string[] }): void {
  const { entity, epoch, lockIds } = owned;
  Object.assign(inside, { entity, epoch, disk: createVirtualDisk(), isDiskFull: false });
  for (const [place, id] of lockIds.entries()) {
    const lock = inside.locks[place];
    if (lock) lock.id = id;
  }
}

export function createDoorBox(parts: BoxParts): DoorBox {
  const { name, deviceId, ring } = parts;
  const inside = createInside(parts);
  const { clock, locks } = inside;
  const self: DoorBox = {
    ...{ name, deviceId, locks, clock, ring, ...sayingsOf(parts, inside) },
    identityKey: ring.keyOf(`box ${name}`).publicKey,
    act: (cause, work) => {
      const { box } = inside;
      if (!box) return false;
      tellTime(parts, inside);
      const call = (): void => {
        work(box.agent);
      };
      const isRunning = attempt(parts, inside, { cause, self, work: call });
      if (isRunning) inside.wakeListener();
      return isRunning;
    },
    cut: (afterCalls) => {
      if (afterCalls !== undefined) inside.power.failAfter(afterCalls);
      else if (inside.box) {
        inside.power.die();
        attempt(parts, inside, { cause: { kind: 'wake' }, self, work: () => undefined });
      }
    },
    start: (wallAt, { disk, cutAfter } = {}) => {
      tellTime(parts, inside);
      if (disk) Object.assign(inside, { disk, isDiskFull: false });
      inside.power = createPower();
      if (cutAfter !== undefined) inside.power.failAfter(cutAfter);
      inside.boots += 1;
      clock.restart(wallAt);
      watchDisk(parts, inside, self);
      const work = (): void => {
        startAgent(parts, inside, self);
      };
      if (attempt(parts, inside, { cause: starting, self, work })) inside.wakeListener();
    },
    give: (owned) => {
      give(inside, owned);
    },
  };
  return self;
}
