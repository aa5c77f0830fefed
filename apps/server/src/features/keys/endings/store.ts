import type { Instant } from '@claviger/domain';
import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';
import { restPins } from '../pins/store.ts';

interface KeyId {
  readonly entityId: string;
  readonly keyId: string;
}

/** A Key that can come back. */
export async function suspendKey(tx: Transaction, { entityId, keyId }: KeyId): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set((set) => ({ state: 'suspended' as const, version: set('version', '+', 1) }))
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .where('state', '=', 'active')
    .execute();
}

/** A Key at one lock; no list carries the change yet. */
export async function endBinding(
  tx: Transaction,
  { entityId, keyId, lockId }: KeyId & { readonly lockId: string },
  { state, at }: { readonly state: 'revoked' | 'suspended'; readonly at: Instant },
): Promise<void> {
  const unlisted = { listed_incarnation: null, listed_version: null, enforced_at: null };
  await query(tx)
    .updateTable('bindings')
    .set({ state, since: new Date(at), ...unlisted })
    .where('entity_id', '=', entityId)
    .where('key_id', '=', keyId)
    .where('lock_id', '=', lockId)
    .execute();
}

/** Limits of a Key; what is not given stays as it is. */
export async function narrowKey(
  tx: Transaction,
  { entityId, keyId }: KeyId,
  limits: {
    readonly issue: number | undefined;
    readonly until: Instant | undefined;
    readonly maxUses: number | undefined;
  },
): Promise<void> {
  const { issue, until, maxUses } = limits;
  await query(tx)
    .updateTable('keys')
    .set((set) => ({
      ...(issue !== undefined && { issue }),
      ...(until !== undefined && { valid_until: new Date(until) }),
      ...(maxUses !== undefined && { max_uses: maxUses }),
      version: set('version', '+', 1),
    }))
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .execute();
  // Its PINs rest from the end that the Key had in truth, and live on from there if it comes back.
  if (until !== undefined) await restPins(tx, { entityId, keyId }, until);
}

/** What nobody is shown again; the doors still know why it does not open, and a PIN rests from now on. */
export async function endCredential(
  tx: Transaction,
  { entityId, id }: { readonly entityId: string; readonly id: string },
  { state, at }: { readonly state: 'revoked' | 'suspended'; readonly at: Instant },
): Promise<void> {
  const ended = await query(tx)
    .updateTable('credentials')
    .set({ state, ...(state === 'revoked' && { sealed_secret: null }) })
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .returning(['kind', 'key_id as keyId'])
    .executeTakeFirst();
  const isPinGone = state === 'revoked' && ended?.kind === 'pin';
  if (isPinGone) await restPins(tx, { entityId, keyId: ended.keyId }, at);
}

/** The Keys of the Entity that have not ended. */
export async function listLiving(tx: Transaction, entityId: string): Promise<string[]> {
  const rows = await query(tx)
    .selectFrom('keys')
    .where('entity_id', '=', entityId)
    .where('state', '<>', 'revoked')
    .orderBy('id')
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}
