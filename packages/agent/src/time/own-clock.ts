import type { Clock } from '../ports.ts';

/** A reading of the time: `at` is the best guess, the truth is within `uncertaintyMs` of it. */
export interface Reading {
  readonly at: number;
  readonly uncertaintyMs: number;
}

/** Of a clock of which nothing is known, the box's own may be off by anything up to a day. */
const unsyncedUncertaintyMs = 24 * 60 * 60_000;

/** A clock that is behind the server's word by more than that day has lost its battery: it tells nothing. */
const lostUncertaintyMs = 0x7fff_ffff;

/** What the box believes where nothing tells it how far its clock can be trusted. */
export interface OwnClock {
  readonly now: () => Reading;
  /** It cannot be earlier than this. */
  readonly witness: (signedAt: number) => void;
}

/** It goes on from the newest evidence also where the clock of the box stands still, or is far behind. */
export function createOwnClock(
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
