/**
 * Hundreds of seeded worlds in which everything that can fail fails. A street of 2 to 5 doors with their
 * server and a broker lives for days on one heap of happenings; the agent and the authority in it are the
 * real ones. Checkers look on from outside. A world ends well, or at the first thing that is not as it must
 * be (docs/decisions/0021-simulation.md). Played by `npm run sim`.
 */
export * from './options.ts';
export { convergesWithinMs, runWorld } from './run.ts';
export { sometimesNames, type Sometimes } from './sometimes.ts';
export { bugs } from './planted/bugs.ts';
export type { Bug } from './planted/planted.ts';
export { minimise, type Minimal } from './minimise.ts';
