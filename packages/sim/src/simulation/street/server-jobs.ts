import {
  advanceCommand,
  giveUpOn,
  issueList,
  silentAfterMs,
  type AuthorityPorts,
  type ListCompiler,
  type MemoryDevice,
} from '@claviger/authority';
import type { KeyRing } from '../../crypto.ts';
import type { Chance } from '../../oracle/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Planted } from '../planted/planted.ts';
import type { Sometimes } from '../sometimes.ts';
import type { DoorBox } from './box-face.ts';
import type { Compiler, Facts } from './facts.ts';
import type { DownLetter } from './cause.ts';
import type { Observe } from './observation.ts';
import { ProcessGone, type SteppedStore } from './stepped-store.ts';

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
  readonly planted: Pick<Planted, 'store' | 'facts' | 'incarnation' | 'endings'>;
}

/** The server from inside: what it keeps, and what is gone with each of its lives. */
export interface Inside {
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

const jobMs = 60;
const silenceEveryMs = 60_000;

/** Runs a task of this life of the server; what dies with the server is no fault. */
export function run(inside: Inside, ms: number, task: () => Promise<void>): void {
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

/** Hands letters to the broker, after the commit that they belong to. */
export function send(inside: Inside, box: DoorBox, letters: readonly DownLetter[]): void {
  for (const letter of letters) {
    inside.parts.observe({ type: 'signed', box, letter });
    inside.parts.send(box, letter);
  }
}

async function makeList(inside: Inside, box: DoorBox, lockId: string): Promise<void> {
  const { parts, store, ports } = inside;
  inside.queued.delete(lockId);
  let made = inside.facts;
  const compile: ListCompiler = (heading, keys) => {
    made = inside.facts;
    const facts = parts.planted.facts(made, inside.listedBy.get(lockId));
    return parts.compiler(facts, lockId, keys)?.(heading);
  };
  const wanted = { deviceId: box.deviceId, lockId, compile };
  const issued = await store.transact(box.deviceId, (transaction) => issueList(transaction, wanted, ports));
  if (!issued) return;
  inside.listedBy.set(lockId, made);
  const { record, isWhole, letters } = issued;
  const name = `${record.list.incarnation}.${record.list.version}`;
  if (!isWhole) parts.count('a change went as a delta');
  parts.note('server', `lists ${box.name} ${lockId.slice(-4)} as ${name}${isWhole ? '' : ' by a delta'}`);
  parts.observe({ type: 'listed', box, record, facts: made });
  send(inside, box, letters);
}

/** Makes the lists that are asked for, each once; what a dead server leaves is found at its start. */
export function queueLists(inside: Inside, box: DoorBox): void {
  const wanted = inside.devices.get(box.deviceId)?.wanted.keys() ?? [];
  for (const lockId of wanted) {
    if (inside.queued.has(lockId)) continue;
    inside.queued.add(lockId);
    run(inside, 5 + inside.parts.chance.below(jobMs), () => makeList(inside, box, lockId));
  }
}

/** The job that ends a command which no door has accepted; it waits for a server that is down. */
export function endLater(inside: Inside, due: { deviceId: string; commandId: string; at: number }): void {
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

/** Every minute: who was silent for too long is offline. */
export function lookForSilence(inside: Inside): void {
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
