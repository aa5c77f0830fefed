import type { Instant } from '../identifiers.ts';
import type { Side } from '../key.ts';

/** What the lock remembers of one Key. */
export interface KeyMemory {
  readonly spent: number;
  /** Without a side it may have been either: both are passed back (SEMANTICS M6). */
  readonly lastGrant?: { readonly side?: Side | undefined; readonly at: Instant } | undefined;
  /** The steps of its rotating QR that were accepted here, oldest first. */
  readonly shownSteps: readonly number[];
  /** What is spent cannot be known: then what is counted is suspended here (SEMANTICS C6). */
  readonly isInDoubt?: boolean | undefined;
}

/** What one reader path remembers of wrong tries (SEMANTICS C9, C10). */
export interface PathMemory {
  readonly wrongTries: number;
  /** From here the time counts after which one try is forgiven. */
  readonly forgivenAt: Instant;
  readonly pausedUntil?: Instant | undefined;
}

/** The last counter that this lock accepted of one button. */
export interface ButtonMemory {
  readonly counter: number;
}

/** What the lock remembers besides; `closedAt` is written when the door closes, the others by a grant. */
export interface LockMemory {
  readonly firstPersonAt?: Instant | undefined;
  readonly closedAt?: Instant | undefined;
  readonly commandOpenedAt?: Instant | undefined;
}

/** Records by name. A Map is one; an agent may read them from its disk instead. */
export interface Records<Value> {
  get(name: string): Value | undefined;
}

/**
 * What one lock remembers, as records that are replaced as a whole: Keys by their identifier, buttons by
 * their credential's lookup. Each has only what was seen here; what is missing was never seen.
 */
export interface DoorMemory {
  readonly keys: Records<KeyMemory>;
  readonly paths: Records<PathMemory>;
  readonly buttons: Records<ButtonMemory>;
  readonly lock: LockMemory;
}

const neverSeen: KeyMemory = { spent: 0, shownSteps: [] };

/** What the lock remembers of a Key; one that was never seen has spent nothing. */
export function keyMemoryOf({ keys }: DoorMemory, name: string): KeyMemory {
  return keys.get(name) ?? neverSeen;
}

/**
 * One record as it is after an attempt. The agent writes these in the transaction that keeps the decision
 * and its event; writing one twice does no harm.
 */
export type MemoryChange =
  | { readonly record: 'keys'; readonly name: string; readonly value: KeyMemory }
  | { readonly record: 'paths'; readonly name: string; readonly value: PathMemory }
  | { readonly record: 'buttons'; readonly name: string; readonly value: ButtonMemory }
  | { readonly record: 'lock'; readonly value: LockMemory };

/** A memory held as plain data. */
export interface HeldMemory extends DoorMemory {
  readonly keys: ReadonlyMap<string, KeyMemory>;
  readonly paths: ReadonlyMap<string, PathMemory>;
  readonly buttons: ReadonlyMap<string, ButtonMemory>;
}

export const emptyMemory: HeldMemory = { keys: new Map(), paths: new Map(), buttons: new Map(), lock: {} };

/** The memory after these changes; the one before is left as it was. */
export function remember(memory: HeldMemory, changes: readonly MemoryChange[]): HeldMemory {
  return changes.reduce((before: HeldMemory, change): HeldMemory => {
    switch (change.record) {
      case 'keys':
        return { ...before, keys: new Map(before.keys).set(change.name, change.value) };
      case 'paths':
        return { ...before, paths: new Map(before.paths).set(change.name, change.value) };
      case 'buttons':
        return { ...before, buttons: new Map(before.buttons).set(change.name, change.value) };
      case 'lock':
        return { ...before, lock: change.value };
    }
  }, memory);
}

/** A rotating QR is accepted in three steps at most; the rest guards against a clock that was set back. */
const shownStepsKept = 64;

/** A Key's accepted steps with one more, the oldest forgotten where there are too many. */
export function withStep(steps: readonly number[], step: number): number[] {
  return [...steps, step].slice(-shownStepsKept);
}
