import { entityPermission } from '../../platform/http/index.ts';

/** Make API keys for oneself in an Entity, and see them. */
export const makeApiKeys = entityPermission('make_api_keys', ['community_manager', 'local_admin']);
