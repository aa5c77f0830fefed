import type { EntityRole } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';

/** Nobody grants what they lack; and only a community_manager makes and unmakes a Local Admin. */
const heights: Readonly<Record<EntityRole, number>> = {
  resident: 0,
  installer: 0,
  local_admin: 1,
  community_manager: 2,
};

/** A role that somebody holds in an Entity now. */
export interface HeldRole {
  readonly entityId: string;
  readonly role: EntityRole;
}

/** Roles of the actor in Entities whose Users the actor manages, by Entity. */
export type Standing = ReadonlyMap<string, EntityRole>;

/** Whether the actor may change or take this role. */
export function reaches(standing: Standing, { entityId, role }: HeldRole): boolean {
  const own = standing.get(entityId);
  return own !== undefined && (own === 'community_manager' || heights[own] > heights[role]);
}

/**
 * The roles that have to be reached to change what is said of a person: the one here, and wherever the person
 * manages something themselves.
 */
export function guardingRoles(here: HeldRole, held: readonly HeldRole[]): readonly HeldRole[] {
  return [here, ...held.filter(({ role }) => heights[role] > 0)];
}

/** What is done to a person wherever they have a role needs a reach to all of it. Refuses not_permitted. */
export function assertReach(standing: Standing, held: readonly HeldRole[]): void {
  if (!held.every((role) => reaches(standing, role))) {
    throw new Refusal('not_permitted', { cause: 'a role of the User is out of reach' });
  }
}
