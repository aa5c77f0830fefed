import { entityPermission } from '../../platform/http/index.ts';

/** Ask why a Key opened or would open, and why not. */
export const askWhy = entityPermission('ask_why', ['community_manager', 'local_admin']);
