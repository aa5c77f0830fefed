import {
  indexAccessList,
  possiblePath,
  type DoorMemory,
  type IndexedAccessList,
  type KeyMemory,
  type MemoryChange,
  type ButtonMemory,
  type PathMemory,
  type Instant,
  type LockMemory,
} from '@claviger/domain';
import type { World } from '@claviger/protocol';
import { compileAccessList } from '../access-list/compile.ts';
import type { RuleFacts } from '../access-list/facts.ts';
import type { ZoneClock } from '../access-list/zone-clock.ts';
import { instantOf } from './written-world.ts';

type Lock = World['locks'][number];
type Offsets = IndexedAccessList['list']['zone']['offsets'];

/** The zone offsets of a list that does not say reach so far. */
const offsetsLastMs = 400 * 86_400_000;
const stepMs = 30_000;

/** One lock of a world: its access list at any instant, and what it remembers. */
export interface ExplainedDoor {
  readonly lock: Lock;
  /** What it can remember at an instant: a pause that is longer than any counts as over, as at the door. */
  readonly memoryAt: (at: Instant) => DoorMemory;
  readonly listAt: (at: Instant) => IndexedAccessList;
  readonly confirmedAt: Instant | undefined;
  readonly keep: (changes: readonly MemoryChange[]) => void;
  /** The same door as the world describes it, before any attempt. */
  readonly afresh: () => ExplainedDoor;
}

interface Written {
  readonly clock: ZoneClock;
  readonly facts: Omit<RuleFacts, 'issuers'>;
  readonly offsets: Offsets;
}

function instant(clock: ZoneClock, written: string | undefined): Instant | undefined {
  return written === undefined ? undefined : instantOf(clock, written, 'earlier');
}

function keysOf({ state }: Lock, clock: ZoneClock): Map<string, KeyMemory> {
  const keys = new Map<string, KeyMemory>();
  const update = (key: string, change: Partial<KeyMemory>): void => {
    keys.set(key, { ...(keys.get(key) ?? { spent: 0, shownSteps: [] }), ...change });
  };
  for (const { key, spent } of state.uses) update(key, { spent });
  for (const { key, side, at } of state.lastGrants) {
    update(key, { lastGrant: { side, at: instantOf(clock, at, 'earlier') } });
  }
  for (const { key, at } of state.shownSteps) {
    const step = Math.floor(instantOf(clock, at, 'earlier') / stepMs);
    update(key, { shownSteps: [...(keys.get(key)?.shownSteps ?? []), step] });
  }
  return keys;
}

type WrittenPath = Lock['state']['paths'][number];

/** What a reader path remembers, as its world says it. */
export function pathMemoryOf(written: WrittenPath, clock: ZoneClock): PathMemory {
  const { wrongTries, forgivenAt, pausedUntil } = written;
  return {
    wrongTries,
    forgivenAt: instantOf(clock, forgivenAt, 'earlier'),
    pausedUntil: instant(clock, pausedUntil),
  };
}

function createMemory(lock: Lock, clock: ZoneClock) {
  const { firstPersonAt, closedAt, commandOpenedAt, buttonCounters } = lock.state;
  const keys = keysOf(lock, clock);
  const paths = new Map(lock.state.paths.map((path) => [path.path, pathMemoryOf(path, clock)]));
  const buttons = new Map<string, ButtonMemory>(
    buttonCounters.map(({ credential, counter }) => [credential, { counter }]),
  );
  let remembered: LockMemory = {
    firstPersonAt: instant(clock, firstPersonAt),
    closedAt: instant(clock, closedAt),
    commandOpenedAt: instant(clock, commandOpenedAt),
  };
  const keepOne = (change: MemoryChange): void => {
    if (change.record === 'lock') remembered = change.value;
    else if (change.record === 'keys') keys.set(change.name, change.value);
    else if (change.record === 'paths') paths.set(change.name, change.value);
    else buttons.set(change.name, change.value);
  };
  const pathAt = (name: string, at: Instant): PathMemory | undefined => {
    const path = paths.get(name);
    return path && possiblePath(path, at);
  };
  const memoryAt = (at: Instant): DoorMemory => ({
    keys,
    paths: { get: (name) => pathAt(name, at) },
    buttons,
    get lock() {
      return remembered;
    },
  });
  const keep = (changes: readonly MemoryChange[]): void => {
    for (const change of changes) keepOne(change);
  };
  return { memoryAt, keep };
}

/** Compiles the lock's list once; what hangs on the instant of an attempt is written into a copy. */
export function createDoor(lock: Lock, { clock, facts, offsets }: Written): ExplainedDoor {
  const { issuers, ...list } = lock.list;
  const [signedAt, offsetsUntil] = [instant(clock, list.signedAt), instant(clock, list.offsetsUntil)];
  const zoneUntil = (signed: Instant) => ({
    from: offsets[0]?.from ?? 0,
    until: offsetsUntil ?? signed + offsetsLastMs,
    offsets,
  });
  const indexed = indexAccessList(
    compileAccessList({ ...facts, issuers: issuers.map((id) => ({ id })) }, lock, {
      device: lock.id,
      ownershipEpoch: 1,
      incarnation: 1,
      version: 1,
      signedAt: signedAt ?? 0,
      zone: zoneUntil(signedAt ?? 0),
    }),
  );
  const listAt = (at: Instant): IndexedAccessList => {
    if (signedAt !== undefined) return indexed;
    return { ...indexed, list: { ...indexed.list, signedAt: at, zone: zoneUntil(at) } };
  };
  const confirmedAt = instant(clock, list.confirmedAt);
  const afresh = (): ExplainedDoor => ({ lock, listAt, confirmedAt, afresh, ...createMemory(lock, clock) });
  return afresh();
}
