import { evidenceMemory, recall, remember } from './memory/memory.ts';
import type { Clock, Diary, Store } from './ports.ts';

/** A reading of the time: `at` is the best guess, the truth is within `uncertaintyMs` of it. */
export interface Reading {
  readonly at: number;
  readonly uncertaintyMs: number;
}

/** A quartz of the cheap kind drifts by less than this. */
const driftPerMs = 20 / 1_000_000;

/**
 * Until the server has told the time in this boot, the box's own clock may be off by anything up to a day.
 */
const unsyncedUncertaintyMs = 24 * 60 * 60_000;

/** A clock that is behind the server's word by more than that day has lost its battery: it tells nothing. */
const lostUncertaintyMs = 0x7fff_ffff;

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

/** What the box believes before the server has spoken; it goes on also where its clock stands still. */
function createOwnClock(clock: Clock, evidenceAt: number): (newest: number) => Reading {
  const startedAt = clock.mono();
  const startsAt = Math.max(clock.wall(), evidenceAt);
  return (newest) => {
    const wall = clock.wall();
    const at = Math.round(Math.max(wall, newest, startsAt + clock.mono() - startedAt));
    const isLost = newest - wall > unsyncedUncertaintyMs;
    return { at, uncertaintyMs: isLost ? lostUncertaintyMs : unsyncedUncertaintyMs };
  };
}

export function createTimeKeeper(clock: Clock, store: Store, diary: Diary): TimeKeeper {
  let evidenceAt = store.transact((transaction) => recall(transaction, evidenceMemory).at);
  let writtenAt = evidenceAt;
  const own = createOwnClock(clock, evidenceAt);
  let synced: { at: number; mono: number; uncertaintyMs: number } | undefined;

  const now = (): Reading => {
    if (!synced) return own(evidenceAt);
    const elapsed = clock.mono() - synced.mono;
    const at = Math.round(synced.at + elapsed);
    // Signed evidence that lies ahead of what the server says now: one of the two is wrong by that much.
    const aheadMs = Math.max(0, evidenceAt - at);
    const uncertaintyMs = Math.ceil(synced.uncertaintyMs + elapsed * driftPerMs + aheadMs);
    return { at: at + aheadMs, uncertaintyMs };
  };

  const witness = (signedAt: number): void => {
    evidenceAt = Math.max(evidenceAt, signedAt);
    if (evidenceAt - writtenAt < evidenceEveryMs) return;
    try {
      store.transact((transaction) => remember(transaction, evidenceMemory, { at: evidenceAt }));
      writtenAt = evidenceAt;
    } catch (error) {
      diary.note('warn', `cannot keep how late it is: ${String(error)}`);
    }
  };

  const set = (serverAt: number, askedAtMono: number): number | undefined => {
    const mono = clock.mono();
    const roundTripMs = mono - askedAtMono;
    if (roundTripMs < 0 || roundTripMs > roundTripLimitMs) return undefined;
    const before = now().at;
    witness(serverAt);
    synced = { at: serverAt + roundTripMs / 2, mono, uncertaintyMs: Math.ceil(roundTripMs / 2) };
    return now().at - before;
  };

  return { now, isSynced: () => synced !== undefined, set, witness };
}
