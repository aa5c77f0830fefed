import type { EntityRole } from '@claviger/domain';

/**
 * What a member of an Entity may do, and with which roles; each feature lists its own in `permissions.ts`.
 */
export interface EntityPermission {
  readonly name: string;
  readonly roles: ReadonlySet<EntityRole>;
  /** An installer has it too, at what the Mandate is about. */
  readonly isGivenByMandate: boolean;
}

/** Names a permission and the roles that carry it. */
export function entityPermission(
  name: string,
  roles: readonly EntityRole[],
  { isGivenByMandate = false } = {},
): EntityPermission {
  return { name, roles: new Set(roles), isGivenByMandate };
}

/** A role as somebody has it. */
export interface CarriedRole {
  readonly role: EntityRole;
  readonly mandateId?: string | null | undefined;
}

/**
 * The Mandate of an installer, which reaches no further than what it is about; undefined for every other
 * role, also where a Mandate gave it.
 */
export function installersMandate({ role, mandateId }: CarriedRole): string | undefined {
  return role === 'installer' && typeof mandateId === 'string' ? mandateId : undefined;
}

/**
 * Whether a member with this role may do it; a role that is not listed may not, and an installer has nothing
 * standing.
 */
export function allows(carried: CarriedRole, permission: EntityPermission): boolean {
  if (permission.roles.has(carried.role)) return true;
  return permission.isGivenByMandate && installersMandate(carried) !== undefined;
}
