/**
 * `npm run sim`: plays seeded worlds in which everything fails, and says what was broken.
 * `--seeds N --from S` plays N worlds (200 from 1); `--seed S` one, with a trace to read; `--days D`,
 * `--doors D` and `--without fault,fault` change what the seeds draw; `--planted [name]` plants bugs and
 * expects each to be found.
 */
import { parseArgs } from 'node:util';
import { faultNames, runWorld, sometimesNames, type FaultName, type RunOptions, type RunReport } from '@claviger/sim/simulation';
import { playAll } from './crew.ts';
import { createTally } from './tally.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string' },
    doors: { type: 'string' },
    without: { type: 'string', default: '' },
    lines: { type: 'string', default: '60' },
  },
});

function isFault(name: string): name is FaultName {
  return (faultNames as readonly string[]).includes(name);
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

const drawn = {
  days: numberOf(values.days),
  doors: numberOf(values.doors),
  without: values.without.split(',').filter(isFault),
};

function told({ options, broken, days, doors, faults, hash }: RunReport): string {
  const head = `seed ${options.seed}: ${days} days, ${doors} doors, ${faults.join(' ') || 'no faults'}, trace ${hash}`;
  if (!broken) return head;
  return `${head}\n  ${broken.invariant} at ${new Date(broken.at).toISOString()}, step ${broken.step}: ${broken.text}`;
}

async function replay(seed: number): Promise<void> {
  const report = await runWorld({ seed, ...drawn, lines: Number(values.lines) });
  for (const line of report.lines.slice(-Number(values.lines))) console.log(line);
  console.log(told(report));
  if (report.broken) process.exitCode = 1;
}

async function playSeeds(from: number, count: number): Promise<void> {
  const tally = createTally();
  const worlds = Array.from({ length: count }, (_, place): RunOptions => ({ seed: from + place, ...drawn }));
  await playAll(worlds, (report) => {
    tally.add(report);
    if (report.broken) console.log(told(report));
  });
  for (const line of tally.lines(sometimesNames)) console.log(line);
  const { broken, hashes } = tally;
  console.log(`${hashes.size} different traces`);
  console.log(`${count} seeds, ${broken()} broken`);
  if (broken() > 0 || hashes.size < count) process.exitCode = 1;
}

if (values.seed !== undefined) await replay(Number(values.seed));
else await playSeeds(Number(values.from), Number(values.seeds));
