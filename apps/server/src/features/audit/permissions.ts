import type { EntityRole } from '@claviger/domain';
import { entityPermission } from '../../platform/http/index.ts';

/** See what was done and refused, and export it. */
export const seeAudit = entityPermission('see_audit', ['community_manager', 'local_admin']);

/** Whether a member with this role sees own acts alone, and nothing of anybody else. */
export function seesOwnActsOnly(role: EntityRole): boolean {
  return role !== 'community_manager';
}
