/** The roles of PRODUCT section 2. `operator` is a role in the installation, the others in one Entity. */
export const roles = ['operator', 'community_manager', 'local_admin', 'installer', 'resident'] as const;
export type Role = (typeof roles)[number];

/** A role that a Membership of an Entity can carry. */
export const entityRoles = ['community_manager', 'local_admin', 'installer', 'resident'] as const;
export type EntityRole = (typeof entityRoles)[number];
