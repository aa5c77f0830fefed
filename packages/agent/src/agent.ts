import type { DoorInput, PlainDetail } from '@claviger/domain';
import {
  countsMessage,
  kindNumberOf,
  listDeltaMessage,
  listHeadMessage,
  listPieceMessage,
  recoveryMessage,
  reportAskMessage,
  uuidBytes,
  type DownChannel,
  type HelloMessage,
} from '@claviger/protocol';
import { createForgetting } from './attempts/forgetting.ts';
import type { Shown } from './attempts/presented.ts';
import { createReaderDesk } from './attempts/reader-desk.ts';
import { createRefusalMeter } from './attempts/refusal-meter.ts';
import { tellUntold } from './attempts/untold.ts';
import { createCommandDesk } from './command-desk.ts';
import { createCore, type AgentIdentity, type Core } from './core.ts';
import { createDoorRunner, type DoorRunner } from './door-runner.ts';
import { clearUntold, readUntold } from './memory/mend-box.ts';
import type { Ports } from './ports.ts';
import { createCounts, type Counts } from './recovery/counts.ts';
import { loadDoubt } from './recovery/doubt.ts';
import { createRecovery, type Recovery } from './recovery/recovery.ts';
import { createReport, type Report } from './recovery/report.ts';
import { createListKeeper, type ListKeeper } from './lists/list-keeper.ts';
import { createRefusalLog, type RefusalLog } from './refusal-log.ts';
import { createUplink, type Uplink } from './uplink.ts';

/** What the hardware can tell of a lock. */
export type HardwareInput = Exclude<DoorInput, { type: 'unlock' | 'tick' }>;

/**
 * The mind of a door box. Its owner calls it for whatever happens and again at `nextWakeAt`; it never
 * waits.
 */
export interface Agent {
  linkUp(): void;
  linkDown(): void;
  receive(channel: DownChannel, message: Uint8Array): void;
  /** A reader of a lock has read something. */
  present(lock: number, shown: Shown): void;
  /** Something happened at a lock: its contact, its exit button, its tamper switch. */
  input(lock: number, input: HardwareInput): void;
  wake(): void;
  /** Tells what waits or is gathered: its owner is about to end it in order. A power cut asks nobody. */
  end(): void;
  /** When to call `wake` at the latest, as a reading of `mono`; undefined for not at all. */
  nextWakeAt(): number | undefined;
}

function statesOf(doors: ReadonlyMap<number, DoorRunner>): HelloMessage['doors'] {
  return [...doors].map(([lock, door]) => ({ lock, ...door.state() }));
}

function startDoors(core: Core, doors: Map<number, DoorRunner>, uplink: Uplink): void {
  for (const lock of core.identity.locks) {
    const runner = createDoorRunner(lock, core, (stage, openings) => {
      for (const opening of openings) uplink.acknowledge(uuidBytes(opening), stage);
    });
    doors.set(lock.number, runner);
  }
}

/** A part that wants to be called again, at a reading of `mono`. */
interface Ticking {
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
}

/** How often a disk that took nothing is tried again. */
const retryEveryMs = 10_000;

/** Brings what the disk did not take onto it as soon as it takes something. */
function createRetry(core: Core): Ticking {
  let triedAt = core.mono();
  return {
    tick: () => {
      if (core.backlog.isEmpty() || core.mono() - triedAt < retryEveryMs) return;
      triedAt = core.mono();
      core.keep([]);
    },
    nextTickAt: () => (core.backlog.isEmpty() ? undefined : triedAt + retryEveryMs),
  };
}

function earliest(parts: readonly Pick<Ticking, 'nextTickAt'>[]): number | undefined {
  const known = parts.map((part) => part.nextTickAt()).filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

interface Parts {
  readonly core: Core;
  readonly doors: ReadonlyMap<number, DoorRunner>;
  readonly lists: ListKeeper;
  readonly recovery: Recovery;
  readonly counts: Counts;
  readonly report: Report;
  readonly uplink: Uplink;
  readonly refusals: RefusalLog;
}

/** Tells what was mended at this start, once; a disk that does not take it is tried at the next start. */
function tellMended({ store, commit, journal, diary, firstLock }: Core): void {
  const damages = store.transact(readUntold);
  if (damages.length === 0) return;
  diary.note('error', `what the box remembers was damaged and is mended: ${damages.join(', ')}`);
  try {
    commit((transaction) => {
      for (const damage of damages) {
        const detail = `damaged_${damage}` satisfies PlainDetail;
        journal.append(transaction, { lock: firstLock, type: 'memory_damaged', detail });
      }
      clearUntold(transaction);
    });
  } catch (error) {
    diary.note('error', `that it is mended cannot be told yet: ${String(error)}`);
  }
}

function createParts(identity: AgentIdentity, ports: Ports): Parts {
  const core = createCore(identity, ports);
  const doors = new Map<number, DoorRunner>();
  const doubt = loadDoubt(core);
  const lists = createListKeeper(core, doubt);
  tellMended(core);
  tellUntold(core);
  const recovery = createRecovery({ core, lists, doubt });
  const uplink = createUplink({
    core,
    present: () => ({ doors: statesOf(doors), lists: lists.versions() }),
    confirm: lists.confirm,
    recovery,
  });
  startDoors(core, doors, uplink);
  const refusals = createRefusalLog(core.mono, (detail) => {
    core.keep([{ lock: core.firstLock, type: 'message_refused', detail }]);
  });
  const counts = createCounts({ core, recovery });
  return { core, doors, lists, recovery, counts, report: createReport({ core, recovery }), uplink, refusals };
}

/** The two ways in: commands of the server and what readers read. */
function createDesks({ core, doors, lists, uplink, refusals }: Parts) {
  const unlock = (lock: number, opening?: string): void => {
    doors.get(lock)?.input({ type: 'unlock', opening });
  };
  const commands = createCommandDesk({
    ...{ core, lists, unlock },
    locks: new Set(doors.keys()),
    acknowledge: uplink.acknowledge,
    noteRefusal: refusals.add,
  });
  const meter = createRefusalMeter(core);
  const readers = createReaderDesk({
    ...{ core, lists, meter },
    unlock: (lock, by) => doors.get(lock)?.input({ type: 'unlock' }, by),
  });
  const finish = (): void => {
    readers.finish();
    meter.finish();
  };
  return { commands, readers, ticking: [meter, readers] satisfies Ticking[], finish };
}

/** Goes on with lists that have come. A delta that waited for one and has no place is told as any other. */
function createProving({ lists, uplink }: Parts): Ticking {
  return {
    tick: () => {
      if (lists.prove().includes('unplaced')) uplink.hello();
    },
    nextTickAt: lists.nextProofAt,
  };
}

/** A delta that has no place lets the server hear which lists there are. */
function receiveDelta({ lists, uplink }: Parts, message: Uint8Array): boolean {
  const receipt = lists.receiveDelta(message);
  if (receipt === 'unplaced') uplink.hello();
  return receipt !== 'forged';
}

/** False for what is not a valid message of this server for this device. */
function receiveSync(parts: Parts, message: Uint8Array): boolean {
  const { lists, recovery, counts, report, uplink } = parts;
  const kind = kindNumberOf(message);
  if (kind === listHeadMessage.number) return lists.receiveHead(message);
  if (kind === listPieceMessage.number) return lists.receivePiece(message);
  if (kind === listDeltaMessage.number) return receiveDelta(parts, message);
  if (kind === reportAskMessage.number) return report.receive(message);
  if (kind === countsMessage.number) return counts.receive(message);
  return kind === recoveryMessage.number ? recovery.receive(message) : uplink.receive(message);
}

function tickDoors({ core, doors }: Parts): void {
  const now = core.mono();
  for (const door of doors.values()) if ((door.nextTickAt() ?? Infinity) <= now) door.input({ type: 'tick' });
}

/** What a hello would say anew, written to be compared. */
function saidOf({ doors, lists }: Parts): string {
  return JSON.stringify([statesOf(doors), lists.versions()]);
}

/**
 * Starts the agent: reads its memory, counts the boot, moves no relay. Throws if the store does not answer.
 */
export function createAgent(identity: AgentIdentity, ports: Ports): Agent {
  const parts = createParts(identity, ports);
  const { core, doors, uplink, refusals } = parts;
  const ofTheBox = { lock: core.firstLock };
  const desks = createDesks(parts);
  const upkeep = [createProving(parts), createForgetting(core, parts.lists), createRetry(core)];
  const ticking = [uplink, refusals, ...desks.ticking, ...upkeep];

  /** Does the work, then tells the server what changed by it. */
  const act = (work: () => void): void => {
    const before = saidOf(parts);
    work();
    if (saidOf(parts) !== before) uplink.hello();
    uplink.flush();
  };
  act(() => {
    core.keep([{ ...ofTheBox, type: 'device_started', detail: identity.agentVersion }]);
  });

  return {
    linkUp: () => {
      act(() => {
        uplink.linkUp();
        core.keep([{ ...ofTheBox, type: 'link_restored' }]);
      });
    },
    linkDown: () => {
      uplink.linkDown();
      core.keep([{ ...ofTheBox, type: 'link_lost' }]);
    },
    receive: (channel, message) => {
      act(() => {
        if (channel === 'command') desks.commands.receive(message);
        else if (!receiveSync(parts, message)) refusals.add('sync_message');
      });
    },
    present: (lock, shown) => {
      act(() => {
        if (doors.has(lock)) desks.readers.present(lock, shown);
      });
    },
    input: (lock, input) => {
      act(() => doors.get(lock)?.input(input));
    },
    wake: () => {
      act(() => {
        tickDoors(parts);
        for (const part of ticking) part.tick();
      });
    },
    end: () => {
      act(desks.finish);
    },
    nextWakeAt: () => earliest([...ticking, ...doors.values()]),
  };
}
