import { explain } from '@claviger/authority';
import { reasons } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { compare, emptyTally, reduce, type Story } from './compare.ts';
import { transitionStories } from './transitions.ts';
import { drawStory } from './worlds.ts';

const seeds = 3_700;
const least = 1_000_000;
const reduced = 3;

function* everyStory(): Generator<Story> {
  for (let seed = 1; seed <= seeds; seed += 1) yield drawStory(seed);
  yield* transitionStories(Intl.supportedValuesOf('timeZone'));
}

describe('the decision and its oracle', { timeout: 600_000 }, () => {
  it('agree on more than a million attempts, every reason among them', () => {
    const tally = emptyTally();
    for (const story of everyStory()) {
      const before = tally.differing;
      compare(explain, story, tally);
      if (tally.differing === before || tally.differingStories > reduced) continue;
      console.log(JSON.stringify(reduce(explain, story), null, 1));
    }
    const counts = reasons.map((reason) => [reason, tally.reasons.get(reason) ?? 0] as const);
    console.log(counts.map(([reason, count]) => `${reason} ${count}`).join(', '));
    console.log(`oracle: ${tally.comparisons} comparisons, ${tally.differing} differences`);

    // A door never says offline, and internal fault is said of no attempt that can be written down.
    const unsaid = counts.filter(([, count]) => count === 0).map(([reason]) => reason);
    expect(unsaid).toEqual(['internal_fault', 'offline']);
    expect(tally.comparisons).toBeGreaterThanOrEqual(least);
    expect(tally.differences).toEqual([]);
  });
});
