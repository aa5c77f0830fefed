/**
 * `npm run sim`: plays seeded worlds in which everything fails, and says what was broken.
 *   --seeds N --from S   N worlds from seed S on (200 from 1); a failing one is made smaller
 *   --seed S             one world, with the last --lines of its trace
 *   --days D --doors D --without fault,fault   what is not left to the seed
 *   --planted [bug]      plants every bug, or this one, and expects it to be found; with --seed plays it
 */
import { parseArgs } from 'node:util';
import {
  faultNames,
  minimise,
  runWorld,
  sometimesNames,
  type FaultName,
  type RunOptions,
} from '@claviger/sim/simulation';
import { playAll } from './crew.ts';
import { findPlanted } from './planted.ts';
import { createTally } from './tally.ts';
import { commandOf, wordsOf } from './words.ts';

/** A command line may name no bug: then all of them. */
const everyBug = 'every';
const given = process.argv.slice(2).flatMap((word, place, words) => {
  const isAlone = word === '--planted' && (words[place + 1] ?? '--').startsWith('--');
  return isAlone ? [word, everyBug] : [word];
});

const { values } = parseArgs({
  args: given,
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string' },
    doors: { type: 'string' },
    without: { type: 'string', default: '' },
    lines: { type: 'string', default: '60' },
    planted: { type: 'string' },
  },
});

/** So many seeds must show everything that has to happen sometimes. */
const seedsForCounters = 200;
/** Failures that are made smaller; of more only the seeds are told. */
const minimisedLimit = 3;

function isFault(name: string): name is FaultName {
  return (faultNames as readonly string[]).includes(name);
}

function countOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} takes a number, not ${text}`);
  return Number(text);
}

function drawnOptions(): Omit<RunOptions, 'seed'> {
  const without = values.without.split(',').filter((name) => name !== '');
  const unknown = without.find((name) => !isFault(name));
  if (unknown !== undefined) throw new Error(`no fault is called ${unknown}: ${faultNames.join(', ')}`);
  return {
    days: countOf('days', values.days),
    doors: countOf('doors', values.doors),
    without: without.filter(isFault),
  };
}

async function replay(seed: number): Promise<void> {
  const planted = values.planted === everyBug ? undefined : values.planted;
  const lines = countOf('lines', values.lines) ?? 0;
  const report = await runWorld({ seed, ...drawnOptions(), planted, lines });
  for (const line of report.lines.slice(-lines)) console.log(line);
  console.log(wordsOf(report));
  if (report.broken) process.exitCode = 1;
}

async function tellMinimal(failed: readonly RunOptions[]): Promise<void> {
  for (const options of failed.slice(0, minimisedLimit)) {
    const minimal = await minimise(options);
    if (minimal) console.log(`smaller: ${commandOf(minimal.options)}\n  ${minimal.broken.text}`);
  }
}

async function playSeeds(from: number, count: number): Promise<void> {
  const tally = createTally();
  const failed: RunOptions[] = [];
  const drawn = drawnOptions();
  const worlds = Array.from({ length: count }, (_, place): RunOptions => ({ seed: from + place, ...drawn }));
  await playAll(worlds, (report) => {
    tally.add(report);
    if (!report.broken) return;
    failed.push(report.options);
    console.log(wordsOf(report));
  });
  await tellMinimal(failed);
  for (const line of tally.lines(sometimesNames)) console.log(line);
  const never = count >= seedsForCounters ? tally.never(sometimesNames) : [];
  console.log(`${tally.hashes.size} different traces`);
  console.log(
    `${count} seeds, ${failed.length} broken${never.length > 0 ? `, ${never.length} never seen` : ''}`,
  );
  if (failed.length + never.length > 0 || tally.hashes.size < count) process.exitCode = 1;
}

const seed = countOf('seed', values.seed);
if (seed !== undefined) await replay(seed);
else if (values.planted !== undefined) {
  const isAllFound = await findPlanted(values.planted === everyBug ? undefined : values.planted);
  if (!isAllFound) process.exitCode = 1;
} else await playSeeds(countOf('from', values.from) ?? 1, countOf('seeds', values.seeds) ?? seedsForCounters);
