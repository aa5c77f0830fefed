import {
  isAtRest,
  sides,
  type ButtonMemory,
  type DoorMemory,
  type KeyMemory,
  type LockMemory,
  type MemoryChange,
  type PathMemory,
} from '@claviger/domain';
import {
  at,
  CborFault,
  decodeCbor,
  encodeCbor,
  integer,
  list,
  maybe,
  oneOf,
  qrStepMs,
  record,
  uuidText,
  type RecoveryMessage,
} from '@claviger/protocol';
import { uuidTag } from '../key-names.ts';
import type { KeptRecord } from '../memory.ts';

/** More steps of one Key than a lock remembers. */
const stepsLimit = 64;

/** No pause is longer (SEMANTICS C10): one that seems so was begun by a clock that was set back since. */
const longestPauseMs = 15 * 60_000;
/** No opening by command cools down for longer (SEMANTICS P8). */
const longestCooldownMs = 3_000;

const keyForm = record({
  spent: at(1, integer()),
  lastGrant: maybe(2, record({ side: at(1, oneOf(sides)), at: at(2, integer()) })),
  shownSteps: at(3, list(integer(), stepsLimit)),
  keptAt: at(4, integer()),
});
const pathForm = record({
  wrongTries: at(1, integer()),
  forgivenAt: at(2, integer()),
  pausedUntil: maybe(3, integer()),
});
const buttonForm = record({ counter: at(1, integer()) });
const lockForm = record({ firstPersonAt: maybe(1, integer()), commandOpenedAt: maybe(2, integer()) });
const closedForm = record({ at: at(1, integer()) });

/** Reads a record by its name, or undefined if there is none. */
export type ReadRecord = (name: string) => Uint8Array | undefined;

/** Under these names the records of Keys lie, each with the Key's name after it. */
export function keyRecordsPrefix(lock: number): string {
  return `key/${lock}/`;
}

/** Under these names the records of reader paths lie, and of the path that each link has for itself. */
export function pathRecordsPrefix(lock: number): string {
  return `path/${lock}/`;
}

const names = {
  key: (lock: number, key: string) => `${keyRecordsPrefix(lock)}${key}`,
  path: (lock: number, path: string) => `${pathRecordsPrefix(lock)}${path}`,
  button: (lock: number, lookup: string) => `button/${lock}/${lookup}`,
  lock: (lock: number) => `lock/${lock}`,
  closed: (lock: number) => `closed/${lock}`,
};

interface Form<Value> {
  read(value: ReturnType<typeof decodeCbor>): Value;
}

function readAs<Value>(read: ReadRecord, name: string, form: Form<Value>): Value | undefined {
  const stored = read(name);
  return stored && form.read(decodeCbor(stored));
}

/** What was seen of a Key, also before its list came and only its QR told of it (SEMANTICS C3). */
function keyMemory(read: ReadRecord, lock: number, key: string): KeyMemory | undefined {
  const tag = uuidTag(key);
  const own = readAs(read, names.key(lock, key), keyForm);
  return own ?? (tag === undefined ? undefined : readAs(read, names.key(lock, tag), keyForm));
}

function pathMemory(path: PathMemory | undefined, now: number): PathMemory | undefined {
  if (path === undefined) return undefined;
  const forgivenAt = Math.min(path.forgivenAt, now);
  const isPossible = path.pausedUntil !== undefined && path.pausedUntil <= now + longestPauseMs;
  return { wrongTries: path.wrongTries, forgivenAt, ...(isPossible && { pausedUntil: path.pausedUntil }) };
}

function lockMemory(read: ReadRecord, lock: number, now: number): LockMemory {
  const { firstPersonAt, commandOpenedAt } = readAs(read, names.lock(lock), lockForm) ?? {};
  const isPossible = commandOpenedAt !== undefined && commandOpenedAt <= now + longestCooldownMs;
  return {
    firstPersonAt,
    ...(isPossible && { commandOpenedAt }),
    closedAt: readAs(read, names.closed(lock), closedForm)?.at,
  };
}

/**
 * What one lock remembers, read record by record as the decision asks. What a clock that was set back has
 * left in the future ends when it would have ended at the latest.
 */
export function doorMemoryIn(read: ReadRecord, lock: number, now: number): DoorMemory {
  return {
    keys: { get: (key) => keyMemory(read, lock, key) },
    paths: { get: (path) => pathMemory(readAs(read, names.path(lock, path), pathForm), now) },
    buttons: {
      get: (lookup): ButtonMemory | undefined => readAs(read, names.button(lock, lookup), buttonForm),
    },
    get lock() {
      return lockMemory(read, lock, now);
    },
  };
}

/** The records of what the door of a lock has to remember after an attempt at `now`. */
export function recordsOfChanges(lock: number, changes: readonly MemoryChange[], now: number): KeptRecord[] {
  return changes.map((change): KeptRecord => {
    switch (change.record) {
      case 'keys':
        return {
          name: names.key(lock, change.name),
          value: encodeCbor(keyForm.write({ ...change.value, keptAt: now })),
        };
      case 'paths':
        return { name: names.path(lock, change.name), value: encodeCbor(pathForm.write(change.value)) };
      case 'buttons':
        return { name: names.button(lock, change.name), value: encodeCbor(buttonForm.write(change.value)) };
      case 'lock':
        return { name: names.lock(lock), value: encodeCbor(lockForm.write(change.value)) };
    }
  });
}

/** What the server knows of a Key, or of a reader path, from all histories of this door. */
type GivenKey = RecoveryMessage['keys'][number];
type GivenPath = RecoveryMessage['paths'][number];

/** A picture that was taken at this instant showed its own step, or a neighbour (SEMANTICS M7). */
function stepsAt(qrAt: number | undefined): number[] {
  if (qrAt === undefined) return [];
  const step = Math.floor(qrAt / qrStepMs);
  return [step - 1, step, step + 1];
}

/** The record of a Key with what was given, where that is more; nothing in it becomes less. */
export function raisedKey(read: ReadRecord, { lock, key, spent, qrAt }: GivenKey, now: number): KeptRecord {
  const name = uuidText(key);
  const known = keyMemory(read, lock, name) ?? { spent: 0, shownSteps: [] };
  const shownSteps = [...new Set([...known.shownSteps, ...stepsAt(qrAt)])].slice(-stepsLimit);
  const value = { ...known, spent: Math.max(known.spent, spent), shownSteps, keptAt: now };
  return { name: names.key(lock, name), value: encodeCbor(keyForm.write(value)) };
}

/** The record of a reader path with what was given, where that is stricter. */
export function raisedPath(read: ReadRecord, given: GivenPath): KeptRecord {
  const name = names.path(given.lock, given.path);
  const known = readAs(read, name, pathForm) ?? { wrongTries: 0, forgivenAt: 0 };
  const pausedUntil = Math.max(known.pausedUntil ?? 0, given.pausedUntil ?? 0);
  const value = {
    wrongTries: Math.max(known.wrongTries, given.wrongTries),
    forgivenAt: Math.max(known.forgivenAt, given.forgivenAt),
    ...(pausedUntil > 0 && { pausedUntil }),
  };
  return { name, value: encodeCbor(pathForm.write(value)) };
}

/** SEMANTICS L5: when the door of a lock closed. */
export function recordOfClosing(lock: number, closedAt: number): KeptRecord {
  return { name: names.closed(lock), value: encodeCbor(closedForm.write({ at: closedAt })) };
}

/** What a stored record says; undefined for one that is damaged. */
function readWhole<Value>(stored: Uint8Array, form: Form<Value>): Value | undefined {
  try {
    return form.read(decodeCbor(stored));
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** How often a Key was let in, by its record; undefined for one that is damaged. */
export function spentOf(stored: Uint8Array): number | undefined {
  return readWhole(stored, keyForm)?.spent;
}

/** When a Key's record was last written; undefined for one that is damaged, which stays. */
export function keptAtOf(stored: Uint8Array): number | undefined {
  return readWhole(stored, keyForm)?.keptAt;
}

/** Whether a path's record says no more than none would; never of one that is damaged, which stays. */
export function isPathAtRest(stored: Uint8Array, now: number): boolean {
  const path = pathMemory(readWhole(stored, pathForm), now);
  return path !== undefined && isAtRest(path, now);
}
