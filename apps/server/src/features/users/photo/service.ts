import { Refusal, type User } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import { getUser, holdReached } from '../service.ts';
import * as users from '../store.ts';
import * as store from './store.ts';

/**
 * Gives a User this photo, as `drawPhoto` drew it. Refuses not_found, and not_permitted for a User whom the
 * actor may not change. Scope, here and below: the Owner.
 */
export async function setPhoto(
  tx: Transaction,
  actor: Member,
  { userId, picture }: { readonly userId: string; readonly picture: Uint8Array },
): Promise<{ readonly before: User; readonly after: User }> {
  const before = await holdReached(tx, actor, userId);
  await store.keepPhoto(tx, { ownerId: actor.ownerId, userId }, { id: newIdentifier(), picture });
  return { before, after: await getUser(tx, actor, userId) };
}

/** Takes the photo away. Refuses as `setPhoto`. Idempotent. */
export async function removePhoto(
  tx: Transaction,
  actor: Member,
  userId: string,
): Promise<{ readonly before: User; readonly after: User }> {
  const before = await holdReached(tx, actor, userId);
  await store.removePhoto(tx, { ownerId: actor.ownerId, userId });
  return { before, after: await getUser(tx, actor, userId) };
}

/** This photo of a User of the actor's Entity. Refuses not_found. */
export async function getPhoto(
  tx: Transaction,
  { entityId, ownerId }: Member,
  { userId, photoId }: { readonly userId: string; readonly photoId: string },
): Promise<Uint8Array> {
  const isSeen = (await users.findUser(tx, { entityId, userId })) !== undefined;
  const picture = isSeen ? await store.findPhoto(tx, { ownerId, userId }, photoId) : undefined;
  if (!picture) throw new Refusal('not_found');
  return picture;
}
