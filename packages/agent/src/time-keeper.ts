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

/** What the box believes before the server has spoken. */
interface OwnClock {
  readonly now: () => Reading;
  /** It cannot be earlier than this. */
  readonly witness: (signedAt: number) => void;
}

/** It goes on from the newest evidence also where the clock of the box stands still, or is far behind. */
function createOwnClock(
  clock: Clock,
  evidence: { readonly at: number; readonly isUnknown: boolean },
): OwnClock {
  let newest = evidence.at;
  let base = { at: Math.max(clock.wall(), newest), mono: clock.mono() };
  const best = (): number => Math.max(clock.wall(), base.at + clock.mono() - base.mono);
  return {
    now: () => {
      const isLost = evidence.isUnknown || newest - clock.wall() > unsyncedUncertaintyMs;
      return { at: Math.round(best()), uncertaintyMs: isLost ? lostUncertaintyMs : unsyncedUncertaintyMs };
    },
    witness: (signedAt) => {
      newest = Math.max(newest, signedAt);
      if (signedAt > best()) base = { at: signedAt, mono: clock.mono() };
    },
  };
}

export function createTimeKeeper(clock: Clock, store: Store, diary: Diary): TimeKeeper {
  const kept = store.transact((transaction) => recall(transaction, evidenceMemory));
  const isUnknown = kept.isUnknown ?? false;
  let evidenceAt = kept.at;
  let writtenAt = evidenceAt;
  const own = createOwnClock(clock, { at: evidenceAt, isUnknown });
  let synced: { at: number; mono: number; uncertaintyMs: number } | undefined;

  const now = (): Reading => {
    if (!synced) return own.now();
    const elapsed = clock.mono() - synced.mono;
    const at = Math.round(synced.at + elapsed);
    // Signed evidence that lies ahead of what the server says now: one of the two is wrong by that much.
    const aheadMs = Math.max(0, evidenceAt - at);
    const uncertaintyMs = Math.ceil(synced.uncertaintyMs + elapsed * driftPerMs + aheadMs);
    return { at: at + aheadMs, uncertaintyMs };
  };

  const witness = (signedAt: number): void => {
    evidenceAt = Math.max(evidenceAt, signedAt);
    own.witness(signedAt);
    if (evidenceAt - writtenAt < evidenceEveryMs) return;
    // Only the server's answer to this boot ends that nothing is known: what was signed may lie far back.
    const record = { at: evidenceAt, ...(isUnknown && !synced && { isUnknown }) };
    try {
      store.transact((transaction) => remember(transaction, evidenceMemory, record));
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
    if (!synced && isUnknown) writtenAt = 0;
    synced = { at: serverAt + roundTripMs / 2, mono, uncertaintyMs: Math.ceil(roundTripMs / 2) };
    witness(serverAt);
    return now().at - before;
  };

  return { now, isSynced: () => synced !== undefined, set, witness };
}
