import { entityPermission } from '../../platform/http/index.ts';

/** See the buildings and Units of the Entity. */
export const seeBuildings = entityPermission('see_buildings', ['community_manager', 'local_admin']);

/** Make, change, remove and import them. */
export const changeBuildings = entityPermission('change_buildings', ['community_manager']);
