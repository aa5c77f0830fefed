import type { Chance } from '../oracle/chance.ts';

/** An entrance, with everything behind it, at which hostile inputs are offered. */
export interface Target {
  /** Offers one input that nobody may take; true if it was taken all the same. Throws where it crashes. */
  readonly offer: () => boolean | Promise<boolean>;
  /**
   * Looks whether all the inputs so far left a trace where there must be none, then whether the true input is
   * still taken: an entrance that refuses everything would pass every other test. Throws where it is not.
   */
  readonly close: () => void | Promise<void>;
}

/** Opens a new world for an entrance. */
export type OpenTarget = (chance: Chance) => Target | Promise<Target>;

/** What was found wrong beyond a single input: a trace that was left, or a true input that is not taken. */
export class FuzzFault extends Error {
  override readonly name = 'FuzzFault';
}

/** Throws FuzzFault with this text unless it holds. */
export function hold(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new FuzzFault(otherwise);
}
