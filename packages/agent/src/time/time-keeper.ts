import { evidenceMemory, recall, remember } from '../memory/memory.ts';
import type { Clock, Diary, Store } from '../ports.ts';
import { driftOver, readKeptClock, recordOfClock } from './kept-clock.ts';
import { createOwnClock, type Reading } from './own-clock.ts';

/** An answer to a time question that took longer is not used (reliability 3.5). */
const roundTripLimitMs = 2_000;

/** Evidence is written at most this often: the disk of a door is worn by writing. */
const evidenceEveryMs = 60_000;

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

export function createTimeKeeper(clock: Clock, store: Store, diary: Diary): TimeKeeper {
  const start = readStart(store, clock);
  const own = createOwnClock(clock, start);
  let evidenceAt = start.at;
  let writtenAt = evidenceAt;
  let known: Known | undefined = start.known;
  let isSynced = false;

  const now = (): Reading => {
    if (!known) return own.now();
    const elapsed = clock.mono() - known.mono;
    const at = Math.round(known.at + elapsed);
    // Signed evidence that lies ahead of what the server says now: one of the two is wrong by that much.
    const aheadMs = Math.max(0, evidenceAt - at);
    const uncertaintyMs = Math.ceil(known.uncertaintyMs + driftOver(elapsed) + aheadMs);
    return { at: at + aheadMs, uncertaintyMs };
  };

  const write = (): void => {
    // Only the server's answer to this boot ends that nothing is known: what was signed may lie far back.
    const isUnknown = start.isUnknown && !isSynced;
    store.transact((transaction) => {
      remember(transaction, evidenceMemory, { at: evidenceAt, ...(isUnknown && { isUnknown }) });
      if (!known) return;
      const { name, value } = recordOfClock(now(), clock);
      transaction.put(name, value);
    });
    writtenAt = evidenceAt;
  };

  const witness = (signedAt: number): void => {
    evidenceAt = Math.max(evidenceAt, signedAt);
    own.witness(signedAt);
    if (evidenceAt - writtenAt < evidenceEveryMs) return;
    try {
      write();
    } catch (error) {
      diary.note('warn', `cannot keep how late it is: ${String(error)}`);
    }
  };

  const set = (serverAt: number, askedAtMono: number): number | undefined => {
    const mono = clock.mono();
    const roundTripMs = mono - askedAtMono;
    if (roundTripMs < 0 || roundTripMs > roundTripLimitMs) return undefined;
    const before = now().at;
    if (!isSynced && start.isUnknown) writtenAt = 0;
    known = { at: serverAt + roundTripMs / 2, mono, uncertaintyMs: Math.ceil(roundTripMs / 2) };
    isSynced = true;
    witness(serverAt);
    return now().at - before;
  };

  return { now, isSynced: () => isSynced, set, witness };
}
