import {
  isAtRest,
  longestPaused,
  possiblePath,
  type ButtonMemory,
  type Damage,
  type DoorMemory,
  type KeyMemory,
  type LockMemory,
  type MemoryChange,
  type PathMemory,
} from '@claviger/domain';
import { encodeCbor, qrStepMs, uuidText, type Field, type RecoveryMessage } from '@claviger/protocol';
import { uuidTag } from '../key-names.ts';
import type { GoneAt } from '../memory/ledger.ts';
import type { KeptRecord } from '../memory/memory.ts';
import {
  buttonForm,
  closedForm,
  keyForm,
  lockForm,
  names,
  pathForm,
  readWhole,
  stepsLimit,
} from './record-forms.ts';

/** No opening by command cools down for longer (SEMANTICS P8). */
const longestCooldownMs = 3_000;

/** Reads a record by its name, or undefined if there is none. */
export type ReadRecord = (name: string) => Uint8Array | undefined;

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

/**
 * Records as they lie there when something is given, and where some are gone. `isRight`: they are of no older
 * disk, so that a whole one says what is spent.
 */
export interface Given extends Omit<Place, 'lock'> {
  readonly read: ReadRecord;
  readonly isRight: boolean;
}

/** Whether this box knows itself what a Key has spent: its record is whole, or it was never let in. */
function isKnownHere({ read, isRight, goneAt }: Given, name: string): boolean {
  const stored = read(name);
  const isWhole = stored === undefined ? goneAt?.(name) === undefined : !usesOf(stored).isInDoubt;
  return isRight && isWhole;
}

/**
 * The record of a Key with what was given, where that is more; nothing in it becomes less. One of which
 * nobody knows every use stays in doubt.
 */
export function raisedKey(given: Given, { lock, key, spent, qrAt, isUnsure }: GivenKey): KeptRecord {
  const name = uuidText(key);
  const { now } = given;
  const reading = { ...given, lock, found: unheard };
  const known = keyMemory(reading, name) ?? { spent: 0, shownSteps: [] };
  const shownSteps = [...new Set([...known.shownSteps, ...stepsAt(qrAt)])].slice(-stepsLimit);
  const isInDoubt = (isUnsure === true && !isKnownHere(given, names.key(lock, name))) || undefined;
  const counted = { spent: Math.max(known.spent, spent), isInDoubt };
  const value = { ...known, ...counted, shownSteps, keptAt: now };
  return { name: names.key(lock, name), value: encodeCbor(keyForm.write(value)) };
}

/** Whether what a Key has spent at a lock is not known, also where that was not found out yet. */
export function isKeyInDoubt(given: Given, { lock, key }: Pick<GivenKey, 'lock' | 'key'>): boolean {
  return keyMemory({ ...given, lock, found: unheard }, uuidText(key))?.isInDoubt === true;
}

/** The record of a reader path with what was given, where that is stricter. */
export function raisedPath(given: Given, path: GivenPath): KeptRecord {
  const name = names.path(path.lock, path.path);
  const reading = { ...given, lock: path.lock, found: unheard };
  const known = readPath(reading, path.path) ?? { wrongTries: 0, forgivenAt: 0 };
  const pausedUntil = Math.max(known.pausedUntil ?? 0, path.pausedUntil ?? 0);
  const value = {
    wrongTries: Math.max(known.wrongTries, path.wrongTries),
    forgivenAt: Math.max(known.forgivenAt, path.forgivenAt),
    ...(pausedUntil > 0 && { pausedUntil }),
  };
  return { name, value: encodeCbor(pathForm.write(value)) };
}

/** SEMANTICS L5: when the door of a lock closed. */
export function recordOfClosing(lock: number, closedAt: number): KeptRecord {
  return { name: names.closed(lock), value: encodeCbor(closedForm.write({ at: closedAt })) };
}

/** How often a Key was let in, by its record: so often at least, where it is damaged or in doubt. */
export function usesOf(stored: Uint8Array): { readonly spent: number; readonly isInDoubt: boolean } {
  const key = readWhole(stored, keyForm);
  return { spent: key?.spent ?? 0, isInDoubt: key === undefined || key.isInDoubt === true };
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
