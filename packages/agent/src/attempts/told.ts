import {
  detailOf,
  readers,
  type Attempt,
  type Decision,
  type MemoryChange,
  type OpeningMethod,
  type PlainDetail,
} from '@claviger/domain';
import type { Unlocker } from '../door-runner.ts';
import type { Happening } from '../journal/journal.ts';
import { keyBytes } from '../key-names.ts';
import type { DoorList } from '../lists/door-list.ts';

/** What an attempt is told with, besides its decision. */
export interface Told {
  readonly lock: number;
  readonly door: DoorList;
  readonly attempt: Attempt;
  /** The command that carried it, if one did. */
  readonly command?: Uint8Array | undefined;
  /** Duress was told before, when the first of two factors was shown. */
  readonly isAlarmTold?: boolean;
}

function pauseOf(lock: number, change: MemoryChange, now: number): Happening[] {
  if (change.record !== 'paths') return [];
  const { pausedUntil, wrongTries } = change.value;
  if (pausedUntil === undefined || pausedUntil <= now) return [];
  const detail = detailOf('wrong_tries', wrongTries, Math.round((pausedUntil - now) / 1000));
  return [{ lock, type: 'reader_paused', path: change.name, detail }];
}

function methodOf(attempt: Attempt): OpeningMethod {
  return attempt.kind === 'command' ? 'command' : attempt.first.method;
}

/** SEMANTICS U5; nothing at the door shows it. */
export function alarmOf({ lock, attempt }: Told, { key }: Decision): Happening {
  const path = attempt.kind === 'credential' ? attempt.first.path : undefined;
  const of = key === undefined ? {} : { key: keyBytes(key) };
  return { lock, type: 'silent_alarm', method: methodOf(attempt), path, ...of };
}

/** By whom and with what a lock is unlocked: what its own event tells, beside that of the attempt. */
export function unlockerOf(attempt: Attempt, { key, isStatic, second }: Decision): Unlocker {
  return { method: methodOf(attempt), isStatic, second, ...(key !== undefined && { key: keyBytes(key) }) };
}

/** What the reason alone does not say. */
function addedBy({ suspended, fault }: Decision): string | undefined {
  if (suspended !== undefined) return `suspended_${suspended}` satisfies PlainDetail;
  return fault?.slice(0, detailLimit);
}

/** A wrong second factor was a try at a reader of its own, which the event of the attempt names (C10). */
function wrongSecondOf(attempt: Attempt, { changes }: Decision): PlainDetail | undefined {
  const path = attempt.kind === 'credential' ? attempt.second?.path : undefined;
  const isWrong = changes.some((change) => change.record === 'paths' && change.name === path);
  const reader = readers.find((known) => isWrong && known === path);
  return reader && `wrong_second_${reader}`;
}

/** The event of the decision itself. */
export function verdictOf({ lock, door, attempt, command }: Told, decision: Decision): Happening {
  const { outcome, reason, key, uses, isStatic, second } = decision;
  const refusal = attempt.kind === 'command' ? 'command_refused' : 'key_refused';
  return {
    lock,
    type: outcome === 'granted' ? 'key_accepted' : refusal,
    method: methodOf(attempt),
    reason,
    command,
    uses,
    isStatic,
    second,
    ...(key !== undefined && { key: keyBytes(key) }),
    ...(attempt.kind === 'credential' && { path: attempt.first.path, list: door.version }),
    detail: addedBy(decision) ?? wrongSecondOf(attempt, decision),
  };
}

/** As long as the detail of an event may be. */
const detailLimit = 200;

/** The events of one decision: what was decided, a silent alarm, a pause that begins. */
export function eventsOf(told: Told, decision: Decision): Happening[] {
  const { lock, attempt, isAlarmTold = false } = told;
  return [
    verdictOf(told, decision),
    ...(decision.silentAlarm && !isAlarmTold ? [alarmOf(told, decision)] : []),
    ...decision.changes.flatMap((change) => pauseOf(lock, change, attempt.at)),
  ];
}
