/**
 * Each guard is removed in turn, and the matrix has to notice: the permission of every route, its step-up
 * where it has one, and every policy, once opened to everybody and once dropped.
 */
import type { Client } from 'pg';
import { cellsOf, type Cell } from './cells.ts';
import { judge } from './judge.ts';
import type { Route } from './registry.ts';
import type { Stage } from './run-cell.ts';
import { plantTables, runTable } from './statements.ts';
import { outcomeOf, routesOfStage } from './ways.ts';

export interface Removed {
  readonly guards: number;
  /** Guards that nothing missed. */
  readonly unnoticed: readonly string[];
}

/** Whom a guard keeps out most nearly comes first: a member, in the own Entity. */
function nearness({ actor, place, objects }: Cell): number {
  return (
    (actor.state === 'live' || actor.state === 'unseen' ? 0 : 2) +
    (place === 'own' && objects === 'own' ? 0 : 1)
  );
}

async function isMissed(route: Route, guard: 'permission' | 'step_up', stage: Stage): Promise<boolean> {
  const { switches } = stage.composed;
  const refused = cellsOf([route], stage.world.actors).filter(({ expected }) => expected !== 'done');
  const concerned = refused.filter(({ actor }) => (guard === 'step_up') === (actor.state === 'unseen'));
  switches.removed = { route: route.declaration, guard };
  try {
    for (const cell of concerned.sort((one, other) => nearness(one) - nearness(other))) {
      if (judge(cell, await outcomeOf(cell, stage), stage.world).length > 0) return true;
    }
    return false;
  } finally {
    switches.removed = undefined;
  }
}

/** Permissions and step-ups, counted from the registry. */
export async function removeChecks(stage: Stage): Promise<Removed> {
  const routes = routesOfStage(stage);
  const guards = routes.flatMap((route) => [
    ...(route.kind === 'public' ? [] : [{ route, guard: 'permission' as const }]),
    ...(route.declaration.isStepUpNeeded ? [{ route, guard: 'step_up' as const }] : []),
  ]);
  const unnoticed: string[] = [];
  for (const { route, guard } of guards) {
    if (!(await isMissed(route, guard, stage))) unnoticed.push(`${guard} of ${route.name}`);
  }
  return { guards: guards.length, unnoticed };
}

interface Policy {
  readonly table: string;
  readonly name: string;
  readonly hasUsing: boolean;
  readonly hasCheck: boolean;
}

/** Policies, counted from the catalogue. */
export async function removePolicies(client: Client): Promise<Removed> {
  const tables = new Map((await plantTables(client)).map((table) => [table.name, table]));
  const { rows: policies } = await client.query<Policy>(
    `select tablename::text as table, policyname::text as name, qual is not null as "hasUsing",
        with_check is not null as "hasCheck" from pg_policies where schemaname = 'claviger' order by 1, 2`,
  );
  const unnoticed: string[] = [];
  for (const { table, name, hasUsing, hasCheck } of policies) {
    const of = tables.get(table);
    const everything = `${hasUsing ? ' using (true)' : ''}${hasCheck ? ' with check (true)' : ''}`;
    const opened = `alter policy ${name} on claviger.${table}${everything}`;
    const dropped = `drop policy ${name} on claviger.${table}`;
    for (const [what, statement] of Object.entries({ opened, dropped })) {
      await client.query('begin');
      await client.query(statement);
      const isNoticed = of !== undefined && (await runTable(client, of)).leaks.length > 0;
      await client.query('rollback');
      if (!isNoticed) unnoticed.push(`policy ${name} on ${table}, ${what}`);
    }
  }
  return { guards: policies.length, unnoticed };
}
