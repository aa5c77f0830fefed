import { bugs, type Bug, type RunReport } from '@claviger/sim/simulation';
import { playAll } from './crew.ts';

/** A bug is planted in so many worlds at most, one after another, until it is found. */
const seedsForBug = 200;

type Found = Pick<RunReport, 'broken'> & { readonly seed: number };

async function seek(bug: Bug): Promise<Found | undefined> {
  let found: Found | undefined;
  const worlds = Array.from({ length: seedsForBug }, (_, place) => ({
    ...{ seed: place + 1, planted: bug.name },
    ...bug.worlds,
  }));
  await playAll(
    worlds,
    ({ broken, options: { seed } }) => {
      if (!broken || !bug.breaks.includes(broken.invariant)) return;
      if (found === undefined || seed < found.seed) found = { broken, seed };
    },
    () => found !== undefined,
  );
  return found;
}

/**
 * Plants one bug after another, and prints by which seed, invariant and step each was found. What a bug is
 * not there to break does not count: that may be the work of what hides the bug from the box.
 */
export async function findPlanted(name: string | undefined): Promise<boolean> {
  const planted = bugs.filter((bug) => name === undefined || bug.name === name);
  let found = 0;
  for (const bug of planted) {
    const where = await seek(bug);
    if (where?.broken) found += 1;
    const told = where?.broken
      ? `seed ${where.seed}, ${where.broken.invariant}, step ${where.broken.step}: ${where.broken.text}`
      : `not found in ${seedsForBug} seeds`;
    console.log(`${bug.name.padEnd(28)} ${told}`);
  }
  console.log(`${planted.length} planted, ${found} found`);
  return planted.length > 0 && found === planted.length;
}
