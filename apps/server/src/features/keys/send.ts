import type { EntityId } from '@claviger/domain';
import { Refusal, type Key, type KeySecrets, type Mail, type MailLanguage } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { queueMail, type MailParts } from '../mails/index.ts';
import { keyMailText, pageUseOf } from './mail-text.ts';
import { assertPictureTaken } from './sharing/picture.ts';
import { assertSomethingOpens } from './sharing/proofs.ts';
import { findPlace, noteEmail } from './store.ts';

export interface KeyToSend {
  readonly entityId: EntityId;
  readonly key: Key;
  readonly secrets: KeySecrets;
  readonly to: string;
  readonly language: MailLanguage;
  readonly withPicture: boolean;
}

/**
 * Mails the link of a Key, once the transaction is committed, with its static picture where that is wanted.
 * Refuses invalid_input where none was shared that still opens (no_picture_shared), where the lock takes
 * none (`assertPictureTaken`), and where it takes nothing of the Key (`assertSomethingOpens`).
 */
export async function mailKey(
  tx: Transaction,
  { entityId, key, secrets, to, language, withPicture }: KeyToSend,
  parts: MailParts,
): Promise<Pick<Mail, 'id' | 'to' | 'createdAt'>> {
  const [binding] = key.bindings;
  const place = binding && (await findPlace(tx, entityId, binding.lockId));
  if (!place) throw new Refusal('not_found');
  assertSomethingOpens(binding.proofs, 'body');
  if (withPicture) assertPictureTaken(place, 'body.withPicture');
  const picture = withPicture ? secrets.picture : undefined;
  if (withPicture && picture === undefined) {
    const issue = { path: 'body.withPicture', problem: 'no_picture_shared' };
    throw new Refusal('invalid_input', { issues: [issue] });
  }
  await noteEmail(tx, { entityId, keyId: key.id }, to);
  const { subject, text } = keyMailText({
    language,
    place: place.entityName,
    lock: binding.lockName,
    link: secrets.link,
    opens: pageUseOf(binding.proofs),
    from: key.validFrom,
    until: key.validUntil,
    zone: place.zone,
    hasPicture: picture !== undefined,
  });
  return queueMail(tx, { entityId, keyId: key.id, to, subject, text, picture }, parts);
}
