import { entityPermission } from '../../platform/http/index.ts';

/** See the locks of the Entity and how they are. */
export const seeLocks = entityPermission('see_locks', ['community_manager', 'local_admin'], {
  isGivenByMandate: true,
});

/** Open a lock from the Portal: a command, not the presentation of a Key. */
export const openLocks = entityPermission('open_locks', ['community_manager', 'local_admin'], {
  isGivenByMandate: true,
});

/** Claim and set up locks that are there. */
export const changeLocks = entityPermission('change_locks', ['community_manager'], {
  isGivenByMandate: true,
});

/** Add locks: a Mandate is about locks that its Entity has. */
export const addLocks = entityPermission('add_locks', ['community_manager']);
