import { Refusal, type OwnProfile } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import * as store from '../store.ts';

/** What the Owner knows of the actor. Scope, here and below: the Owner. Refuses not_found. */
export async function getOwnProfile(tx: Transaction, { entityId, userId }: Member): Promise<OwnProfile> {
  const row = await store.findUser(tx, { entityId, userId });
  if (!row) throw new Refusal('not_found');
  const { name, phone, mobile, version } = row;
  return { name, phone, mobile, version };
}

interface ProfileChange {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly mobile?: string | undefined;
  readonly version: number;
}

/**
 * Changes the User that the actor is in this Owner, and no other User of the same Account. Refuses not_found
 * and changed_meanwhile.
 */
export async function updateOwnProfile(
  tx: Transaction,
  actor: Member,
  { version, ...change }: ProfileChange,
): Promise<{ readonly before: OwnProfile; readonly after: OwnProfile }> {
  await store.holdUser(tx, actor.userId);
  const before = await getOwnProfile(tx, actor);
  if (before.version !== version) throw new Refusal('changed_meanwhile');
  const { name = before.name, phone = before.phone, mobile = before.mobile } = change;
  await store.updateUser(tx, actor.userId, { name, phone, mobile });
  return { before, after: await getOwnProfile(tx, actor) };
}
