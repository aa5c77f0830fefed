/** Chance that a seed repeats: the same seed draws the same things. */
export interface Chance {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  happens(probability: number): boolean;
  pick<Thing>(things: readonly Thing[]): Thing;
  /** Each thing with this probability, in their order. */
  some<Thing>(things: readonly Thing[], probability: number): Thing[];
  /** As many as drawn from the range, both ends included. */
  times<Thing>(range: readonly [least: number, most: number], make: (place: number) => Thing): Thing[];
  /** The thing made, or undefined. */
  maybe<Thing>(probability: number, make: () => Thing): Thing | undefined;
}

/** Bits by mulberry32 (Tommy Ettinger, public domain): 2^32 seeds, good enough to draw worlds with. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  const happens = (probability: number) => next() < probability;
  return {
    below,
    happens,
    pick: (things) => {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error('nothing to pick from');
      return thing;
    },
    some: (things, probability) => things.filter(() => happens(probability)),
    times: ([least, most], make) =>
      Array.from({ length: least + below(most - least + 1) }, (_, place) => make(place)),
    maybe: (probability, make) => (happens(probability) ? make() : undefined),
  };
}
