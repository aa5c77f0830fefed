import {
  areOfOneHolder,
  isPaused,
  readers,
  type CredentialAttempt,
  type Decision,
  type Presentation,
} from '@claviger/domain';
import type { Core } from '../core.ts';
import type { Happening, Stamp } from '../journal/journal.ts';
import type { DoorList } from '../lists/door-list.ts';
import type { Unlocker } from '../door-runner.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import type { KeptRecord } from '../memory/memory.ts';
import { judge, recallPath } from './judge.ts';
import { presentationOf, unread, type Shown } from './presented.ts';
import type { RefusalMeter } from './refusal-meter.ts';
import { alarmOf, eventsOf, unlockerOf, verdictOf, type Told } from './told.ts';
import { recordOfNobody, recordOfWaiting } from './untold.ts';

/** So long a first factor waits for a second one at another reader (decision record 0015). */
export const secondFactorWaitMs = 10_000;

export interface ReaderDeskParts {
  readonly core: Core;
  readonly lists: ListKeeper;
  readonly meter: RefusalMeter;
  readonly unlock: (lock: number, by: Unlocker) => void;
}

/** What is shown at the readers of the box becomes attempts, and an opening where they are granted. */
export interface ReaderDesk {
  readonly present: (lock: number, shown: Shown) => void;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
  /** Nobody waits for a second factor any more: the box is about to end. */
  readonly finish: () => void;
}

/** A first factor that was recognised and opens with a second one. */
interface Waiting {
  readonly shown: Shown;
  readonly told: Told & { readonly attempt: CredentialAttempt };
  readonly decision: Decision;
  readonly until: number;
}

interface Question {
  readonly lock: number;
  readonly first: Presentation;
  readonly second: Presentation | undefined;
}

/** SEMANTICS T16: the instant is that at which the last input was complete, before anything is computed. */
function attemptOf(parts: ReaderDeskParts, question: Question, now: { at: number; uncertaintyMs: number }) {
  const { lock, first, second } = question;
  return {
    kind: 'credential',
    first,
    second,
    side: 'entry',
    listConfirmedAt: parts.lists.confirmedAt(lock),
    canRecord: true,
    ...now,
  } as const satisfies CredentialAttempt;
}

function hasOtherReader({ index }: DoorList, { reader }: Shown): boolean {
  return readers.some((other) => other !== reader && index.list.lock.capabilities.includes(other));
}

/** C9: nothing is digested or looked up in a pause. */
function read(parts: ReaderDeskParts, question: { lock: number; shown: Shown; at: number }): Presentation {
  const { lock, shown, at } = question;
  const path = recallPath(parts.core, lock, { path: shown.reader, at });
  if (isPaused(path, at)) return unread(shown);
  return presentationOf(parts.core, shown, parts.lists.of(lock));
}

function noteInDiary({ diary }: Core, shown: Shown, { outcome, reason }: Decision): void {
  diary.note('info', `${shown.reader}: ${outcome === 'granted' ? 'opened' : `refused, ${reason}`}`);
}

interface Desk extends ReaderDeskParts {
  readonly waiting: Map<number, Waiting>;
}

function answer(
  { core, unlock }: Desk,
  lock: number,
  given: Pick<Waiting, 'shown' | 'decision'> & { readonly told: Pick<Waiting['told'], 'attempt'> },
): void {
  const { shown, decision, told } = given;
  const isGranted = decision.outcome === 'granted';
  if (isGranted) unlock(lock, unlockerOf(told.attempt, decision));
  core.hardware.signal(lock, shown.reader, isGranted);
  noteInDiary(core, shown, decision);
}

/** The instant at which an attempt was made, as an event tells it. */
function stampOf({ mono }: Core, { attempt }: Pick<Waiting['told'], 'attempt'>): Stamp {
  const { at, uncertaintyMs } = attempt;
  return { at, uncertaintyMs, mono: Math.floor(mono()) };
}

/** No second factor came: the refusal of the first is told with the instant at which it was shown. */
function giveUp(desk: Desk, lock: number, first: Waiting): void {
  const { core, meter, waiting } = desk;
  waiting.delete(lock);
  const { told, decision, shown } = first;
  const place = { lock, path: shown.reader };
  const when = stampOf(core, told);
  const events = meter.isTold(place, decision) ? eventsOf(told, decision) : [];
  core.keep(
    events.map((happening) => ({ ...happening, when })),
    [recordOfNobody(core, lock)],
  );
  meter.count(place, decision, told.attempt);
  answer(desk, lock, first);
}

/** What came at a reader, read. */
interface Come {
  readonly lock: number;
  readonly shown: Shown;
  readonly presented: Presentation;
  readonly at: number;
  /** The first factor that waited when it came, in time for a second one. */
  readonly first: Waiting | undefined;
}

function waitingAt({ core, waiting }: Desk, lock: number, shown: Shown): Waiting | undefined {
  const first = waiting.get(lock);
  const isInTime = first && first.shown.reader !== shown.reader && core.mono() < first.until;
  return isInTime ? first : undefined;
}

/** The first factor that this one completes. One that it does not is refused, and this is a new attempt. */
function takeWaiting(desk: Desk, { lock, presented, at, first }: Come): Waiting | undefined {
  const { index } = desk.lists.of(lock);
  const factors = first && { first: first.told.attempt.first, second: presented, at };
  if (factors && areOfOneHolder(index, factors)) {
    desk.waiting.delete(lock);
    return first;
  }
  const waited = desk.waiting.get(lock);
  if (waited) giveUp(desk, lock, waited);
  return undefined;
}

/** An attempt as it begins: with what was shown before, if this completes it. */
interface Begun {
  readonly shown: Shown;
  readonly told: Waiting['told'];
  readonly first: Waiting | undefined;
}

function begin(desk: Desk, lock: number, shown: Shown): Begun {
  const { core, lists } = desk;
  const now = core.time.now();
  const waited = waitingAt(desk, lock, shown);
  const door = lists.of(lock);
  const presented = read(desk, { lock, shown, at: now.at });
  const first = takeWaiting(desk, { lock, shown, presented, at: now.at, first: waited });
  const factors = first
    ? { first: first.told.attempt.first, second: presented }
    : { first: presented, second: undefined };
  const attempt = attemptOf(desk, { lock, ...factors }, now);
  return { shown, first, told: { lock, door, attempt, isAlarmTold: first?.told.isAlarmTold ?? false } };
}

/**
 * What is kept in the transaction of the decision. Of one that waits for a second factor that is what a start
 * tells if the power fails meanwhile; duress is told at once, whether a second one comes or not (U5).
 */
function keepingOf({ core, meter }: Desk, { shown, told, first }: Begun, isUnfinished: IsUnfinished) {
  const { lock } = told;
  const place = { lock, path: shown.reader };
  const tell = (made: Decision): readonly Happening[] => {
    if (isUnfinished(made)) return made.silentAlarm ? [alarmOf(told, made)] : [];
    return meter.isTold(place, made) ? eventsOf(told, made) : [];
  };
  const records = (made: Decision): readonly KeptRecord[] => {
    if (isUnfinished(made)) return [recordOfWaiting(core, verdictOf(told, made), stampOf(core, told))];
    return first ? [recordOfNobody(core, lock)] : [];
  };
  return { tell, records };
}

type IsUnfinished = (decision: Decision) => boolean;

function present(desk: Desk, lock: number, shown: Shown): void {
  const { core, meter, waiting } = desk;
  const begun = begin(desk, lock, shown);
  const { told } = begun;
  const { door, attempt } = told;
  const isUnfinished: IsUnfinished = ({ awaitsSecondFactor = false }) =>
    awaitsSecondFactor && hasOtherReader(door, shown);
  const decision = judge(core, { lock, door, attempt, ...keepingOf(desk, begun, isUnfinished) });
  if (isUnfinished(decision)) {
    const until = core.mono() + secondFactorWaitMs;
    waiting.set(lock, { shown, told: { ...told, isAlarmTold: decision.silentAlarm }, decision, until });
    return;
  }
  meter.count({ lock, path: shown.reader }, decision, attempt);
  answer(desk, lock, { shown, decision, told });
}

export function createReaderDesk(parts: ReaderDeskParts): ReaderDesk {
  const desk: Desk = { ...parts, waiting: new Map() };
  const { core, waiting } = desk;
  return {
    present: (lock, shown) => {
      present(desk, lock, shown);
    },
    tick: () => {
      for (const [lock, first] of waiting) if (core.mono() >= first.until) giveUp(desk, lock, first);
    },
    nextTickAt: () => {
      const ends = [...waiting.values()].map(({ until }) => until);
      return ends.length === 0 ? undefined : Math.min(...ends);
    },
    finish: () => {
      for (const [lock, first] of waiting) giveUp(desk, lock, first);
    },
  };
}
