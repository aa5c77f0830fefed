import type { Clock } from '@claviger/agent';

/** A clock that moves only when it is told to. `wall` may be wrong, `mono` never goes back. */
export interface VirtualClock extends Clock {
  /** Lets so many true milliseconds pass; the quartz counts them with its drift. */
  advance(ms: number): void;
  /** Sets what the box believes the time is, as a bad quartz or a dead battery does. */
  setWall(at: number): void;
  /** A wall clock that stands still, or goes on; `mono` always goes. */
  setFrozen(isFrozen: boolean): void;
  /** The box starts again: `mono` begins anew, and the wall clock at this time. */
  restart(wallAt: number): void;
}

/** `driftPpm`: by how many millionths the quartz is too fast. */
export function createVirtualClock(wallAt: number, driftPpm = 0): VirtualClock {
  let mono = 0;
  let wall = wallAt;
  let isFrozen = false;
  return {
    mono: () => mono,
    wall: () => wall,
    advance: (ms) => {
      const counted = driftPpm === 0 ? ms : ms * (1 + driftPpm / 1_000_000);
      mono += counted;
      if (!isFrozen) wall += counted;
    },
    setWall: (at) => {
      wall = at;
    },
    setFrozen: (frozen) => {
      isFrozen = frozen;
    },
    restart: (at) => {
      mono = 0;
      wall = at;
    },
  };
}
