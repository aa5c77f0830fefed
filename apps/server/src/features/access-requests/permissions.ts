import { entityPermission } from '../../platform/http/index.ts';

/** Decide who gets a Mandate in the Entity, end Mandates and adopt what was made under them. */
export const decideRequests = entityPermission('decide_requests', ['community_manager']);
