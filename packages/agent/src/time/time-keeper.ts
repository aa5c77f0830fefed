import { evidenceMemory, recall, remember } from '../memory/memory.ts';
import type { Clock, Diary, Store } from '../ports.ts';
import { driftOver, readKeptClock, recordOfClock } from './kept-clock.ts';
import { createOwnClock, type Reading } from './own-clock.ts';

/** An answer to a time question that took longer is not used (reliability 3.5). */
const roundTripLimitMs = 2_000;

/** What is known of the time is written at most this often: the disk of a door is worn by writing. */
const writeEveryMs = 60_000;

/** A step back of the time is written at once: else a start would go on from the time that was wrong. */
const stepBackMs = 1_000;

/**
 * The time as the door knows it: set by signed answers of the server, never behind anything the server
 * signed.
 */
export interface TimeKeeper {
  readonly now: () => Reading;
  /** Whether the server has told the time in this boot. */
  readonly isSynced: () => boolean;
  /**
   * A signed time that answers a question asked at `askedAtMono`; the step in ms, or undefined if not used.
   */
  readonly set: (serverAt: number, askedAtMono: number) => number | undefined;
  /** A verified message was signed at this instant, so it cannot be earlier now. */
  readonly witness: (signedAt: number) => void;
}

/** A time that was known at an instant of this boot's stopwatch. */
interface Known extends Reading {
  readonly mono: number;
}

/** What the disk knew of the time at the start. */
function readStart(store: Store, clock: Clock) {
  return store.transact((transaction) => {
    const { at, isUnknown = false } = recall(transaction, evidenceMemory);
    // Where the evidence was damaged, so may be what else is kept of the time.
    const kept = isUnknown ? undefined : readKeptClock(transaction, clock);
    return { at, isUnknown, known: kept && { ...kept, mono: clock.mono() } };
  });
}

/** What is known, by now. */
function goneOn(known: Known, mono: number, evidenceAt: number): Reading {
  const elapsed = mono - known.mono;
  const at = Math.round(known.at + elapsed);
  // Signed evidence that lies ahead of what the server says now: one of the two is wrong by that much.
  const aheadMs = Math.max(0, evidenceAt - at);
  const uncertaintyMs = Math.ceil(known.uncertaintyMs + driftOver(elapsed) + aheadMs);
  return { at: at + aheadMs, uncertaintyMs };
}

export function createTimeKeeper(clock: Clock, store: Store, diary: Diary): TimeKeeper {
  const start = readStart(store, clock);
  const own = createOwnClock(clock, start);
  let evidenceAt = start.at;
  let writtenAt = evidenceAt;
  let clockWrittenMono = -Infinity;
  let known: Known | undefined = start.known;
  let isSynced = false;

  const now = (): Reading => (known ? goneOn(known, clock.mono(), evidenceAt) : own.now());

  const write = (): void => {
    // Only the server's answer to this boot ends that nothing is known: what was signed may lie far back.
    const isUnknown = start.isUnknown && !isSynced;
    store.transact((transaction) => {
      remember(transaction, evidenceMemory, { at: evidenceAt, ...(isUnknown && { isUnknown }) });
      if (!known) return;
      const { name, value } = recordOfClock(now(), clock);
      transaction.put(name, value);
      clockWrittenMono = clock.mono();
    });
    writtenAt = evidenceAt;
  };

  const keep = (isDue: boolean): void => {
    if (!isDue && evidenceAt - writtenAt < writeEveryMs) return;
    try {
      write();
    } catch (error) {
      diary.note('warn', `cannot keep how late it is: ${String(error)}`);
    }
  };

  const witness = (signedAt: number): void => {
    evidenceAt = Math.max(evidenceAt, signedAt);
    own.witness(signedAt);
    keep(false);
  };

  const set = (serverAt: number, askedAtMono: number): number | undefined => {
    const mono = clock.mono();
    const roundTripMs = mono - askedAtMono;
    if (roundTripMs < 0 || roundTripMs > roundTripLimitMs) return undefined;
    const before = now().at;
    if (!isSynced && start.isUnknown) writtenAt = 0;
    known = { at: serverAt + roundTripMs / 2, mono, uncertaintyMs: Math.ceil(roundTripMs / 2) };
    isSynced = true;
    evidenceAt = Math.max(evidenceAt, serverAt);
    own.witness(serverAt);
    // While the evidence lies ahead it does not move; the clock is then written by the time that goes by.
    keep(known.at < before - stepBackMs || mono - clockWrittenMono >= writeEveryMs);
    return now().at - before;
  };

  return { now, isSynced: () => isSynced, set, witness };
}
