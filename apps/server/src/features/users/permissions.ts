import { entityRoles } from '@claviger/domain';
import { entityPermission } from '../../platform/http/index.ts';

/** See the Users of an Entity. */
export const seeUsers = entityPermission('see_users', ['community_manager', 'local_admin']);

/** Make, change, deactivate and reactivate them; whom exactly, `standing.ts` says. */
export const changeUsers = entityPermission('change_users', ['community_manager', 'local_admin']);

/** With one of these roles in an Entity, a person manages its Users. */
export const managingRoles = [...changeUsers.roles];

/** Whoever is a User sees and changes what the Owner knows of them. */
export const seeOwnProfile = entityPermission('see_own_profile', entityRoles);
export const changeOwnProfile = entityPermission('change_own_profile', entityRoles);
