import { entityPermission } from '../../platform/http/index.ts';

/** See the locks of the Entity and how they are. */
export const seeLocks = entityPermission('see_locks', ['community_manager', 'local_admin']);

/** Open a lock from the Portal: a command, not the presentation of a Key. */
export const openLocks = entityPermission('open_locks', ['community_manager', 'local_admin']);

/** Add, claim and rename locks. */
export const changeLocks = entityPermission('change_locks', ['community_manager']);
