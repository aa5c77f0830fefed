import { entityPermission } from '../../platform/http/index.ts';

/** Read the outbox of a demo. */
export const seeMails = entityPermission('see_mails', ['community_manager', 'local_admin']);
