import { entityPermission } from '../../platform/http/index.ts';

/** Make Local Admins, invite and remove them: nobody grants what they lack. */
export const changeLocalAdmins = entityPermission('change_local_admins', ['community_manager']);
