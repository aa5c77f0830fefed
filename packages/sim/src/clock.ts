import type { Clock } from '@claviger/agent';

/** A clock that moves only when it is told to. `wall` may be wrong, `mono` never goes back. */
export interface VirtualClock extends Clock {
  advance(ms: number): void;
  /** Sets what the box believes the time is, as a bad quartz or a dead battery does. */
  setWall(at: number): void;
}

export function createVirtualClock(wallAt: number): VirtualClock {
  let mono = 0;
  let wall = wallAt;
  return {
    mono: () => mono,
    wall: () => wall,
    advance: (ms) => {
      mono += ms;
      wall += ms;
    },
    setWall: (at) => {
      wall = at;
    },
  };
}
