import type { EntityRole } from '@claviger/domain';

/**
 * What a member of an Entity may do, and with which roles; each feature lists its own in `permissions.ts`.
 */
export interface EntityPermission {
  readonly name: string;
  readonly roles: ReadonlySet<EntityRole>;
}

/** Names a permission and the roles that carry it. */
export function entityPermission(name: string, roles: readonly EntityRole[]): EntityPermission {
  return { name, roles: new Set(roles) };
}

/** Whether a member with this role may do it; a role that is not listed may not. */
export function allows(role: EntityRole, permission: EntityPermission): boolean {
  return permission.roles.has(role);
}
