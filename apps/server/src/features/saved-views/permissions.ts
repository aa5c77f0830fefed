import { entityPermission } from '../../platform/http/index.ts';

/** Keep views of lists for oneself; what a list shows, its own permission says. An installer goes again. */
export const keepOwnViews = entityPermission('keep_own_views', [
  'community_manager',
  'local_admin',
  'resident',
]);
