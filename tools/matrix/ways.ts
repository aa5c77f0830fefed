/**
 * The three ways: whole; PostgreSQL alone, where the application asks nobody anything; the application alone,
 * with row-level security off (decision record 0049).
 */
import { members } from './expected/roles.ts';
import { cellsOf, nameOf, type Cell } from './cells.ts';
import { isolationFindings, judge } from './judge.ts';
import { routesOf, type Route } from './registry.ts';
import type { Tally } from './tally.ts';
import { runCell, type Outcome, type Stage } from './run-cell.ts';
import type { PlaceName } from './world/place.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

export function routesOfStage({ composed }: Stage): Route[] {
  return routesOf(composed.app.routes);
}

/** A fault of the proof itself is a leak like any other: such a cell has proven nothing. */
export async function outcomeOf(cell: Cell, stage: Stage): Promise<Outcome> {
  try {
    return await runCell(cell, stage);
  } catch (error) {
    return { status: 0, body: String(error), changes: [] };
  }
}

/**
 * Runs these cells with every check of the application in its place; row-level security is as the stage has
 * it.
 */
export async function runCells(cells: readonly Cell[], stage: Stage): Promise<Tally> {
  const tally: Tally = { cells: cells.length, allowed: 0, leaks: [] };
  for (const cell of cells) {
    const findings = judge(cell, await outcomeOf(cell, stage), stage.world);
    if (cell.expected === 'done') tally.allowed += 1;
    if (findings.length > 0) tally.leaks.push(`${nameOf(cell)}: ${findings.join('; ')}`);
  }
  return tally;
}

/**
 * What PostgreSQL can know of a cell: whose transaction it is. It knows no roles, so every cell is about
 * other tenants alone; and for a call that acts for the Owner, another Entity of that Owner is none.
 */
function isKnownToPolicies({ route, place, objects }: Cell): boolean {
  const isOfOwner = route.declaration.scope === 'owner';
  return route.kind === 'entity' && !(isOfOwner && (place === 'sibling' || objects === 'sibling'));
}

/** In whose scope the transactions of this caller really act, whatever the application wants. */
function ownScope({ actor }: Cell, { world, undone }: Stage): void {
  const { own } = world.places;
  const isMember = actor.role in members;
  undone.rescope = (scope) => {
    if (scope.kind === 'entity') {
      return { kind: 'entity', entityId: isMember ? (own.ids['entityId'] ?? nowhere) : nowhere };
    }
    return scope.kind === 'owner' ? { kind: 'owner', ownerId: isMember ? own.ownerId : nowhere } : scope;
  };
}

/** Runs what the policies can know, with the checks of the application off. */
export async function runPoliciesAlone(stage: Stage): Promise<Tally> {
  const { switches } = stage.composed;
  const cells = cellsOf(routesOfStage(stage), stage.world.actors).filter(
    (cell) => cell.actor.state === 'live' && isKnownToPolicies(cell),
  );
  const tally: Tally = { cells: cells.length, allowed: 0, leaks: [] };
  switches.isEverybodyLetIn = true;
  try {
    for (const cell of cells) {
      ownScope(cell, stage);
      const outcome = await outcomeOf(cell, stage);
      const isMember = cell.actor.role in members;
      const isOpen = (place: PlaceName): boolean =>
        isMember && (place === 'own' || (place === 'sibling' && cell.route.declaration.scope === 'owner'));
      const findings = isolationFindings(outcome, { world: stage.world, isOpen, mayNote: isOpen });
      if (findings.length > 0) tally.leaks.push(`${nameOf(cell)}: ${findings.join('; ')}`);
    }
  } finally {
    switches.isEverybodyLetIn = false;
    stage.undone.rescope = undefined;
  }
  return tally;
}
