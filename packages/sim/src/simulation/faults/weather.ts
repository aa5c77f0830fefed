import { chanceOf, type Chance } from '../../oracle/chance.ts';
import { faultNames, type FaultName, type RunOptions } from '../options.ts';

/** A stream of chance of its own for each purpose, so that taking one away leaves the others as they were. */
export function streamOf(seed: number, purpose: string): Chance {
  let mixed = Math.imul(seed, 0x9e3779b1) >>> 0;
  for (const letter of purpose) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return chanceOf(mixed);
}

/** What one seed plays: how large, how long, in which season, and which faults are on. */
export interface Weather {
  readonly days: number;
  /** Locks of each box; a box with two has one agent for both. */
  readonly boxes: readonly number[];
  readonly zone: string;
  readonly startsAt: number;
  /** 0 where a fault is off, else how bad it is, up to 1. */
  readonly strength: (name: FaultName) => number;
  readonly faults: readonly FaultName[];
  /** Attempts of ordinary people at one door in a day. */
  readonly visitsPerDay: number;
  readonly changesPerDay: number;
  /** For how long lines are there in a day, all together. */
  readonly onlineMsPerDay: number;
  readonly hasTransfer: boolean;
}

const dayMs = 86_400_000;

/** The days on which clocks go forward and back in Berlin and on Lord Howe, and an ordinary one. */
const seasons = [Date.UTC(2026, 9, 24), Date.UTC(2027, 2, 27), Date.UTC(2027, 3, 3), Date.UTC(2026, 5, 1)];

function boxesOf(chance: Chance, doors: number): number[] {
  const boxes: number[] = [];
  for (let left = doors; left > 0;) {
    const locks = left > 1 && chance.happens(0.3) ? 2 : 1;
    boxes.push(locks);
    left -= locks;
  }
  return boxes;
}

function drawnDays(chance: Chance): number {
  return chance.pick([1, 1, 1, 2, 2, 3, 4, 5, 7, 10, 14, 21, 30]);
}

/** Draws the weather of a seed. Half of the faults are on in a usual world, each from mild to wild. */
export function drawWeather({ seed, days, doors, without = [] }: RunOptions): Weather {
  const chance = streamOf(seed, 'weather');
  const drawnDoors = 2 + chance.below(4);
  const daysDrawn = drawnDays(chance);
  const isOn = 0.25 + chance.below(50) / 100;
  const ofItsOwn = streamOf(seed, 'restores');
  const strengths = new Map(
    faultNames.map((name) => {
      // Worlds without it are those that they were before it could happen.
      const drawn = name === 'restore' ? ofItsOwn : chance;
      const strength = drawn.happens(isOn) ? 0.1 + drawn.below(90) / 100 : 0;
      return [name, without.includes(name) ? 0 : strength] as const;
    }),
  );
  const played = days ?? daysDrawn;
  const boxes = boxesOf(chance, doors ?? drawnDoors);
  const zone = chance.pick(['Europe/Berlin', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York']);
  const startsAt = chance.pick(seasons) + chance.below(dayMs);
  const share = 1 / Math.sqrt(played);
  return {
    ...{ days: played, boxes, zone, startsAt },
    strength: (name) => strengths.get(name) ?? 0,
    faults: faultNames.filter((name) => (strengths.get(name) ?? 0) > 0),
    visitsPerDay: (20 + chance.below(100)) * share,
    changesPerDay: (10 + chance.below(60)) * share,
    onlineMsPerDay: (1 + chance.below(3)) * 3_600_000 * (1.3 / (1 + played)),
    hasTransfer: chance.happens(0.3),
  };
}
