import type { CommandStage, DoorState, Reason } from '@claviger/domain';
import type { CommandRecord, EventRecord, KnownUses, LogPosition, OwnedDevice, OwnedLock } from '../store.ts';
import type {
  DeltaRecord,
  ListRecord,
  ListState,
  ListVersion,
  WantedList,
} from '../access-list/list-store.ts';

/** What is known of the uses of a Key at a lock; `isLost`: its door does not know them any more. */
export interface MemoryCounter extends KnownUses {
  readonly isLost: boolean;
}

/** What is known of the lists of one lock. */
export interface MemoryList extends ListState {
  /** The newest that was signed as a whole, and the deltas upon it. */
  readonly record?: ListRecord | undefined;
  readonly deltas?: readonly DeltaRecord[] | undefined;
}

/** Changes what is known of the lists of a lock. */
export function changeList(
  state: MemoryDevice,
  lockId: string,
  changed: Omit<MemoryList, 'lockId'>,
): Promise<void> {
  state.lists.set(lockId, { ...state.lists.get(lockId), ...changed, lockId });
  return Promise.resolve();
}

/** A list that a door gives back, as far as it has come. */
export interface MemoryReport {
  readonly list: ListVersion;
  readonly head: Uint8Array;
  readonly pieces: ReadonlyMap<number, Uint8Array>;
  readonly count: number;
}

/** What a server that was restored keeps about one device. */
export interface MemoryRestored {
  /** Names of all lists that were made, by lock and version. */
  readonly made: Set<string>;
  readonly reports: Map<string, MemoryReport>;
  /** Locks whose report is whole and was not worked on yet. */
  readonly whole: Set<string>;
}

export function nothingRestored(): MemoryRestored {
  return { made: new Set(), reports: new Map(), whole: new Set() };
}

export interface MemoryDoor {
  readonly state: DoorState;
  readonly isTampered: boolean;
  readonly at: number;
}

export interface MemoryCommand extends CommandRecord {
  readonly reason: Reason | undefined;
}

/** Everything the server would know of one device. */
export interface MemoryDevice {
  device: OwnedDevice;
  locks: readonly OwnedLock[];
  offlineSince: number | undefined;
  lastHeardAt: number | undefined;
  readonly doors: Map<string, MemoryDoor>;
  readonly commands: Map<string, MemoryCommand>;
  /** The ladder of each command. */
  readonly stages: Map<string, readonly CommandStage[]>;
  readonly logs: Map<number, LogPosition>;
  readonly events: EventRecord[];
  readonly counters: Map<string, MemoryCounter>;
  readonly refusals: Map<string, number>;
  readonly lists: Map<string, MemoryList>;
  /** Locks for which a new list was asked for, and why. */
  readonly wanted: Map<string, WantedList>;
  readonly restored: MemoryRestored;
}

export function memoryDevice(device: OwnedDevice, locks: readonly OwnedLock[]): MemoryDevice {
  return {
    device,
    locks,
    offlineSince: undefined,
    lastHeardAt: undefined,
    doors: new Map(),
    commands: new Map(),
    stages: new Map(),
    logs: new Map(),
    events: [],
    counters: new Map(),
    refusals: new Map(),
    lists: new Map(),
    wanted: new Map(),
    restored: nothingRestored(),
  };
}

export function nameOfList(lockId: string, { incarnation, version }: ListVersion): string {
  return `${lockId} ${incarnation}.${version}`;
}
