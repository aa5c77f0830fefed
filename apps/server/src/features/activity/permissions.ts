import { entityPermission } from '../../platform/http/index.ts';

/** See who opened what, and export it. */
export const seeActivity = entityPermission('see_activity', ['community_manager', 'local_admin']);
