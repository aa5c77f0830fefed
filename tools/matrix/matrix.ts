/**
 * `npm run matrix [-- --way whole|policies|application|all] [-- --mutate]`: the authorisation matrix. Every
 * route, stream and topic with every role, in the own, a sibling and a foreign Entity, is held against the
 * reviewed files under `expected/`. Each way ends `N cells, 0 leaks`; `--mutate` removes each guard in turn
 * and ends `M guards removed, M noticed`. Ends with 1 where a cell leaks or a guard is not missed.
 */
import { parseArgs } from 'node:util';
import { cellsOf, fileFindings } from './cells.ts';
import { removeChecks, removePolicies } from './guards.ts';
import type { Stage } from './run-cell.ts';
import { openTheatre, type Theatre } from './stage.ts';
import { plantTables, runTables } from './statements.ts';
import { runStreams, runTopics } from './streams.ts';
import { addTallies, type Tally } from './tally.ts';
import { routesOfStage, runCells, runPoliciesAlone } from './ways.ts';

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

/** Row-level security off, on every table. */
const off = `do $$ declare t record; begin
    for t in select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = 'claviger' loop
      execute format('alter table %s no force row level security, disable row level security', t.name);
    end loop; end $$`;

/** The policies alone: behind an application that asks nobody anything, and table by table without one. */
async function runPolicies(stage: Stage, theatre: Theatre): Promise<Tally> {
  const statements = await theatre.withEmpty(async (client) => runTables(client, await plantTables(client)));
  return addTallies(await runPoliciesAlone(stage), statements);
}

async function runWay(way: Way, theatre: Theatre): Promise<Tally> {
  return theatre.withStage(way === 'application' ? [off] : [], async (stage) => {
    if (way === 'policies') return runPolicies(stage, theatre);
    const routes = routesOfStage(stage);
    const calls = await runCells(cellsOf(routes, stage.world.actors), stage);
    const findings = { cells: 0, allowed: 0, leaks: fileFindings(routes) };
    return addTallies(findings, calls, await runStreams(stage), runTopics());
  });
}

/** With both walls down something has to leak, or the cells of the policies have asked for nothing. */
async function pullDownBoth(theatre: Theatre): Promise<void> {
  const { leaks } = await theatre.withStage([off], runPoliciesAlone);
  console.log(`without checks and policies ${leaks.length} calls leak`);
  if (leaks.length === 0) process.exitCode = 1;
}

async function mutate(theatre: Theatre): Promise<void> {
  const startedAt = performance.now();
  await pullDownBoth(theatre);
  const checks = await theatre.withStage([], removeChecks);
  const policies = await theatre.withEmpty(removePolicies);
  const unnoticed = [...checks.unnoticed, ...policies.unnoticed];
  for (const guard of unnoticed) console.log(`  not noticed: ${guard}`);
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${checks.guards} checks of the application, ${policies.guards} policies, ${took} s`);
  const guards = checks.guards + policies.guards;
  const missing = new Set(unnoticed.map((guard) => guard.replace(/, \w+$/, ''))).size;
  console.log(`${guards} guards removed, ${guards - missing} noticed`);
  if (missing > 0) process.exitCode = 1;
}

const { values } = parseArgs({
  options: { way: { type: 'string' }, mutate: { type: 'boolean', default: false } },
});
const isAsked = (way: Way): boolean =>
  values.way === way || values.way === 'all' || (!values.mutate && !values.way);
const theatre = await openTheatre();
try {
  for (const way of ways.filter(isAsked)) {
    const startedAt = performance.now();
    say(way, await runWay(way, theatre), startedAt);
  }
  if (values.mutate) await mutate(theatre);
} finally {
  await theatre.close();
}
