import {
  isAtRest,
  longestPaused,
  possiblePath,
  sides,
  type ButtonMemory,
  type Damage,
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
  flag,
  integer,
  list,
  maybe,
  oneOf,
  qrStepMs,
  record,
  uuidText,
  type Field,
  type RecoveryMessage,
} from '@claviger/protocol';
import { uuidTag } from '../key-names.ts';
import type { GoneAt } from '../memory/ledger.ts';
import type { KeptRecord } from '../memory/memory.ts';

/** More steps of one Key than a lock remembers. */
const stepsLimit = 64;

/** No opening by command cools down for longer (SEMANTICS P8). */
const longestCooldownMs = 3_000;

const keyForm = record({
  spent: at(1, integer()),
  lastGrant: maybe(2, record({ side: maybe(1, oneOf(sides)), at: at(2, integer()) })),
  shownSteps: at(3, list(integer(), stepsLimit)),
  keptAt: at(4, integer()),
  isInDoubt: maybe(5, flag),
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

/** A record that was found damaged, and what is kept in its place from now on. */
export interface Mended extends KeptRecord {
  readonly damage: Damage;
  /** The name of the Key or path within its lock. */
  readonly of: string;
}

/** Of one lock, at one instant. */
export interface Place {
  readonly lock: number;
  readonly now: number;
  /** Where records are gone; left out: nowhere. */
  readonly goneAt?: GoneAt | undefined;
}

/** Where records are read from, at which instant, and who hears of those that are damaged. */
interface Reading extends Place {
  readonly read: ReadRecord;
  readonly found: (mended: Mended) => void;
}

/** A record by its name, and the value that is kept instead where it is damaged. */
interface Entry<Value> {
  readonly name: string;
  readonly of: string;
  readonly damage: Damage;
  readonly form: Field<Value>;
  /** As strict as the record can have been at this instant. */
  readonly insteadAt: (at: number) => Value;
}

/** Where records are gone, an absent one is what it can have been when that was found, which is told once. */
function readAs<Value>({ read, now, found, goneAt }: Reading, entry: Entry<Value>): Value | undefined {
  const { name, of, damage, form, insteadAt } = entry;
  const stored = read(name);
  if (stored === undefined) {
    const at = goneAt?.(name);
    return at === undefined ? undefined : insteadAt(at);
  }
  const whole = readWhole(stored, form);
  if (whole !== undefined) return whole;
  const instead = insteadAt(now);
  found({ name, of, damage, value: encodeCbor(form.write(instead)) });
  return instead;
}

/**
 * What it spent is not known, it may have been let in just then at either side, and every picture that could
 * be shown then may have been.
 */
function doubtfulKey(at: number) {
  return { spent: 0, lastGrant: { at }, shownSteps: stepsAt(at), keptAt: at, isInDoubt: true };
}

function keyEntry(lock: number, of: string) {
  return { name: names.key(lock, of), of, damage: 'key', form: keyForm, insteadAt: doubtfulKey } as const;
}

/** What was seen of a Key, also before its list came and only its QR told of it (SEMANTICS C3). */
function keyMemory(reading: Reading, key: string): KeyMemory | undefined {
  const { lock, goneAt } = reading;
  const tag = uuidTag(key);
  const present = { ...reading, goneAt: undefined };
  const known =
    readAs<KeyMemory>(present, keyEntry(lock, key)) ??
    (tag === undefined ? undefined : readAs<KeyMemory>(present, keyEntry(lock, tag)));
  const at = goneAt?.(names.key(lock, key));
  if (known || at === undefined) return known;
  // The doubt of the whole box says that nobody knows what such a Key has spent, and ends when it does.
  return { ...doubtfulKey(at), isInDoubt: undefined };
}

function readPath(reading: Reading, of: string): PathMemory | undefined {
  const name = names.path(reading.lock, of);
  return readAs(reading, { name, of, damage: 'path', form: pathForm, insteadAt: longestPaused });
}

function pathMemory(path: PathMemory | undefined, now: number): PathMemory | undefined {
  return path && possiblePath(path, now);
}

/** No press is above this counter: a button whose last one is not known works no more (SEMANTICS M7). */
function readButton(reading: Reading, of: string): ButtonMemory | undefined {
  const insteadAt = () => ({ counter: Number.MAX_SAFE_INTEGER });
  const name = names.button(reading.lock, of);
  return readAs(reading, { name, of, damage: 'button', form: buttonForm, insteadAt });
}

/** Of damaged ones the door has just been opened, and has just closed; nobody was the first person. */
function lockMemory(reading: Reading): LockMemory {
  const { lock, now } = reading;
  const entry = { of: '', damage: 'lock' } as const;
  const openedThen = (at: number): LockMemory => ({ commandOpenedAt: at });
  const opened = { ...entry, name: names.lock(lock), form: lockForm, insteadAt: openedThen };
  const closedThen = (at: number) => ({ at });
  const closed = { ...entry, name: names.closed(lock), form: closedForm, insteadAt: closedThen };
  const { firstPersonAt, commandOpenedAt } = readAs<LockMemory>(reading, opened) ?? {};
  const isPossible = commandOpenedAt !== undefined && commandOpenedAt <= now + longestCooldownMs;
  return {
    firstPersonAt,
    ...(isPossible && { commandOpenedAt }),
    closedAt: readAs(reading, closed)?.at,
  };
}

const unheard = (): void => undefined;

/**
 * What one lock remembers, read record by record as the decision asks. What a clock that was set back has
 * left in the future ends when it would have ended at the latest. A damaged record is as strict as one could
 * be, and `found` hears what is to be kept in its place (decision record 0032); so is an absent one where
 * some are gone (0043).
 */
export function doorMemoryIn(read: ReadRecord, place: Place, found: Reading['found'] = unheard): DoorMemory {
  const { now } = place;
  const reading = { ...place, read, found };
  return {
    keys: { get: (key) => keyMemory(reading, key) },
    paths: { get: (path) => pathMemory(readPath(reading, path), now) },
    buttons: { get: (lookup) => readButton(reading, lookup) },
    get lock() {
      return lockMemory(reading);
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
  const reading = { read, lock, now, found: unheard };
  const known = keyMemory(reading, name) ?? { spent: 0, shownSteps: [] };
  const shownSteps = [...new Set([...known.shownSteps, ...stepsAt(qrAt)])].slice(-stepsLimit);
  const counted = { spent: Math.max(known.spent, spent), isInDoubt: undefined };
  const value = { ...known, ...counted, shownSteps, keptAt: now };
  return { name: names.key(lock, name), value: encodeCbor(keyForm.write(value)) };
}

/** Whether what a Key has spent at a lock is not known, also where that was not found out yet. */
export function isKeyInDoubt(read: ReadRecord, given: Pick<GivenKey, 'lock' | 'key'>, now: number): boolean {
  const reading = { read, lock: given.lock, now, found: unheard };
  return keyMemory(reading, uuidText(given.key))?.isInDoubt === true;
}

/** The record of a reader path with what was given, where that is stricter. */
export function raisedPath(read: ReadRecord, given: GivenPath, now: number): KeptRecord {
  const name = names.path(given.lock, given.path);
  const reading = { read, lock: given.lock, now, found: unheard };
  const known = readPath(reading, given.path) ?? { wrongTries: 0, forgivenAt: 0 };
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
function readWhole<Value>(stored: Uint8Array, form: Pick<Field<Value>, 'read'>): Value | undefined {
  try {
    return form.read(decodeCbor(stored));
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** How often a Key was let in, by its record; undefined for one that is damaged or in doubt. */
export function spentOf(stored: Uint8Array): number | undefined {
  const key = readWhole(stored, keyForm);
  return key?.isInDoubt === true ? undefined : key?.spent;
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
