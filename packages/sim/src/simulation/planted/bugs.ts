import { serverBugs } from './at-the-server.ts';
import { diskBugs } from './at-the-disk.ts';
import { damageBugs } from './in-damaged-records.ts';
import { deltaBugs } from './in-deltas.ts';
import { recoveryBugs } from './in-recovery.ts';
import { wireBugs } from './on-the-wire.ts';
import { nothingPlanted, type Bug, type Planted } from './planted.ts';

/** Every bug that can be planted. A checker that finds none of them checks nothing. */
export const bugs: readonly Bug[] = [
  ...diskBugs,
  ...damageBugs,
  ...wireBugs,
  ...deltaBugs,
  ...serverBugs,
  ...recoveryBugs,
];

/** Throws for a name that no bug has. */
export function plantedBug(name: string | undefined): Planted {
  if (name === undefined) return nothingPlanted;
  const bug = bugs.find((known) => known.name === name);
  if (!bug) throw new Error(`no bug is called ${name}: ${bugs.map((known) => known.name).join(', ')}`);
  return { ...nothingPlanted, ...bug.plant() };
}
