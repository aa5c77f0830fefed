import { entityPermission } from '../../platform/http/index.ts';

/** See the Keys of the Entity and what the doors have confirmed. */
export const seeKeys = entityPermission('see_keys', ['community_manager', 'local_admin'], {
  isGivenByMandate: true,
});

/** Make, change, hand on and delete guest Keys; see their links and PINs again. */
export const changeKeys = entityPermission('change_keys', ['community_manager', 'local_admin'], {
  isGivenByMandate: true,
});
