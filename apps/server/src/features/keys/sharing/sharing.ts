import { Refusal, type Key, type KeySecrets } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { listCredentials } from '../credentials/store.ts';
import { holdLiving, nextIssue, wantListsOf } from '../holding.ts';
import type { KeyId, KeyParts } from '../parts.ts';
import { linkOf, openSecret } from '../secrets.ts';
import { getKey } from '../shown/shown.ts';
import { changeBindings, notePicture } from '../store.ts';
import { assertPictureTaken, hasPicture, pictureOf } from './picture.ts';
import { isUseful } from './proofs.ts';

/**
 * What the maker of a Key that lives hands on: its link, its PIN where a lock takes it, and the static
 * picture where one was shared that still opens. Refuses not_found and key_ended.
 */
export async function revealSecrets(tx: Transaction, place: KeyId, parts: KeyParts): Promise<KeySecrets> {
  const key = await holdLiving(tx, place, parts.now());
  const credentials = await listCredentials(tx, place);
  const open = (kind: 'link' | 'pin'): string | undefined => {
    const kept = credentials.find((credential) => credential.kind === kind);
    return kept?.sealedSecret ? openSecret(parts.sealingKey, kept.id, kept.sealedSecret) : undefined;
  };
  const token = open('link');
  if (token === undefined) throw new Refusal('key_ended');
  const { bindings } = await getKey(tx, place, parts);
  const uses = bindings.flatMap(({ proofs }) => proofs);
  const pin = isUseful(uses, 'pin') ? open('pin') : undefined;
  const lockIds = bindings.map(({ lockId }) => lockId);
  const picture = isUseful(uses, 'picture')
    ? pictureOf(key, { entityId: place.entityId, lockIds }, parts)
    : undefined;
  return {
    link: linkOf(parts.publicOrigin, token),
    ...(pin !== undefined && { pin }),
    ...(picture !== undefined && { picture }),
  };
}

/**
 * Shares the QR of a guest Key as a static picture. Where a picture of this issue is out already, the issue
 * rises: older pictures end at once here, and at the doors as soon as they hear. Refuses not_found,
 * key_ended, key_issues_spent, and invalid_input where no lock takes one (`assertPictureTaken`).
 */
export async function sharePicture(
  tx: Transaction,
  place: KeyId,
  parts: KeyParts,
): Promise<{ readonly before: Key; readonly after: Key; readonly secrets: KeySecrets }> {
  const now = parts.now();
  const places = await wantListsOf(tx, place, now);
  const key = await holdLiving(tx, place, now);
  for (const lock of places) assertPictureTaken(lock, 'body');
  const before = await getKey(tx, place, parts);
  const issue = hasPicture(key) ? nextIssue(key) : key.issue;
  await notePicture(tx, place, { issue, at: now });
  if (issue !== key.issue) await changeBindings(tx, place, { at: now });
  return { before, after: await getKey(tx, place, parts), secrets: await revealSecrets(tx, place, parts) };
}
