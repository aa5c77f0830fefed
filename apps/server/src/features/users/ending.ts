import type { Instant } from '@claviger/domain';
import { Refusal, type SuspendedKey, type User } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { Member } from '../../platform/http/index.ts';
import { tellRolesChanged } from '../../platform/live/index.ts';
import { wantSignInEnded } from '../accounts/index.ts';
import { listSuspendedKeys, restoreKeys, wantHolderFollowed, type RestoredKeys } from '../keys/index.ts';
import { assertManaged, getUser, held } from './service.ts';
import { viewerOf, type Viewer } from './shown.ts';
import { assertReach } from './standing.ts';
import * as store from './store.ts';

/** Streams end or begin, and doors are told of every Key that the User holds. */
async function tellEverywhere(tx: Transaction, userId: string): Promise<void> {
  for (const entityId of await store.listEntityIds(tx, userId)) {
    await tellRolesChanged(tx, entityId);
    await wantHolderFollowed(tx, { entityId, userId });
  }
}

/**
 * Deactivates a User wherever the Owner knows them, and with the User every Key that they hold. Refuses
 * not_found, not_permitted for oneself and for a role out of reach, and last_manager.
 */
export async function deactivateUser(
  tx: Transaction,
  actor: Member,
  given: { readonly userId: string; readonly reason: string | undefined; readonly now: Instant },
): Promise<{ readonly before: User; readonly after: User; readonly accountId: string | null }> {
  const { userId, reason, now } = given;
  const { row, roles, viewer, before } = await held(tx, actor, { userId });
  if (userId === actor.userId) throw new Refusal('not_permitted', { cause: 'oneself' });
  assertReach(viewer.standing, roles);
  for (const { entityId, role } of roles) {
    if (role === 'community_manager') await assertManaged(tx, { entityId, userId });
  }
  if (row.status === 'active') {
    await store.setStatus(tx, userId, { deactivatedAt: now, reason });
    // Who comes back makes new ones; streams of the old ones end with the role.
    await store.endApiKeys(tx, userId);
    await tellEverywhere(tx, userId);
    if (row.accountId !== null) await wantSignInEnded(tx, row.accountId);
  }
  return { before, after: await getUser(tx, actor, userId), accountId: row.accountId };
}

/** Keys are seen and restored where the actor manages Users. */
function restoringView({ standing }: Viewer, now: Instant) {
  return { entityIds: new Set(standing.keys()), now };
}

/** The Keys of a deactivated User that can be restored. Refuses not_found, and not_permitted. */
export async function listKeysToRestore(
  tx: Transaction,
  actor: Member,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<SuspendedKey[]> {
  const row = await store.findUser(tx, { entityId: actor.entityId, userId });
  if (!row) throw new Refusal('not_found');
  const viewer = await viewerOf(tx, actor);
  assertReach(viewer.standing, await store.listRoles(tx, [userId]));
  return row.status === 'active' ? [] : listSuspendedKeys(tx, userId, restoringView(viewer, now));
}

/**
 * Reactivate User, with the wanted Keys (`restoreKeys`, whose refusals are its own). Refuses not_found, and
 * not_permitted for a role out of reach. A User who is active already keeps every Key as it is.
 */
export async function reactivateUser(
  tx: Transaction,
  actor: Member,
  given: { readonly userId: string; readonly wanted: readonly string[]; readonly now: Instant },
): Promise<{ readonly before: User; readonly after: User; readonly keys: RestoredKeys }> {
  const { userId, wanted, now } = given;
  const { row, roles, viewer, before } = await held(tx, actor, { userId });
  assertReach(viewer.standing, roles);
  let keys: RestoredKeys = { restored: [], keptSuspended: [] };
  if (row.status === 'deactivated') {
    keys = await restoreKeys(tx, { userId, wanted }, restoringView(viewer, now));
    await store.setStatus(tx, userId, 'active');
    await tellEverywhere(tx, userId);
  }
  return { before, after: await getUser(tx, actor, userId), keys };
}
