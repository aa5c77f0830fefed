import { entityPermission } from '../../platform/http/index.ts';

/** See the Users of an Entity. */
export const seeUsers = entityPermission('see_users', ['community_manager', 'local_admin']);

/** Make, change, deactivate and reactivate them; whom exactly, `standing.ts` says. */
export const changeUsers = entityPermission('change_users', ['community_manager', 'local_admin']);

/** With one of these roles in an Entity, a person manages its Users. */
export const managingRoles = [...changeUsers.roles];
