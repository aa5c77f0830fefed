/**
 * Each guard is removed in turn, and the matrix has to notice: the permission of every route, its step-up
 * where it has one, and every policy, once opened to everybody and once dropped.
 */
import { entityRoles } from '@claviger/domain';
import type { Client } from 'pg';
import { cellsOf, type Cell } from './cells.ts';
import { judge } from './judge.ts';
import type { Route } from './registry.ts';
import type { Stage } from './run-cell.ts';
import { plantTables, runTable, runTables } from './statements.ts';
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

interface Guard {
  readonly route: Route;
  readonly guard: 'permission' | 'step_up';
}

async function holds(cell: Cell, stage: Stage): Promise<boolean> {
  return judge(cell, await outcomeOf(cell, stage), stage.world).length === 0;
}

/** Whether some cell holds with the guard, and not without it. */
async function isMissed({ route, guard }: Guard, stage: Stage): Promise<boolean> {
  const { switches } = stage.composed;
  const refused = cellsOf([route], stage.world.actors).filter(({ expected }) => expected !== 'done');
  const concerned = refused.filter(({ actor }) => (guard === 'step_up') === (actor.state === 'unseen'));
  for (const cell of concerned.sort((one, other) => nearness(one) - nearness(other))) {
    switches.removed = { route: route.declaration, guard };
    const isHeldWithout = await holds(cell, stage);
    switches.removed = undefined;
    if (!isHeldWithout && (await holds(cell, stage))) return true;
  }
  return false;
}

/** One that every role has refuses nobody: membership does, which is looked up for each call alike. */
function refusesSomebody({ declaration: { permission } }: Route): boolean {
  return typeof permission === 'string' || entityRoles.some((role) => !permission.roles.has(role));
}

/** Permissions and step-ups, counted from the registry. */
export async function removeChecks(stage: Stage): Promise<Removed> {
  const routes = routesOfStage(stage);
  const stepUps = routes.filter(({ declaration }) => declaration.isStepUpNeeded);
  const guards = [
    ...routes
      .filter((route) => route.kind !== 'public' && refusesSomebody(route))
      .map((route): Guard => ({ route, guard: 'permission' })),
    ...stepUps.map((route): Guard => ({ route, guard: 'step_up' })),
  ];
  const unnoticed: string[] = [];
  for (const guard of guards) {
    if (!(await isMissed(guard, stage))) unnoticed.push(`${guard.guard} of ${guard.route.name}`);
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
  const planted = await plantTables(client);
  const { leaks } = await runTables(client, planted);
  const tables = new Map(planted.map((table) => [table.name, table]));
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
      const isNoticed = of && leaks.length === 0 && (await runTable(client, of)).leaks.length > 0;
      await client.query('rollback');
      if (!isNoticed) unnoticed.push(`policy ${name} on ${table}, ${what}`);
    }
  }
  return { guards: policies.length, unnoticed };
}
