import { entityPermission } from '../../platform/http/index.ts';

/** See the Entities of the Owner in which one may act, and what is set there. */
export const seeEntities = entityPermission('see_entities', ['community_manager', 'local_admin']);

/** Make, change and delete Entities. */
export const changeEntities = entityPermission('change_entities', ['community_manager']);

/** Whose Entities the list shows: a resident of another one does not see it there. */
export const rolesInList = [...seeEntities.roles];
