import type { EntityId } from '@claviger/domain';
import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { MailFault } from '../../platform/mail/index.ts';
import { qrPng } from './qr-png.ts';
import { pictureIn, textOf, type MailParts } from './service.ts';
import { findMail, noteOutcome } from './store.ts';

export const sendMailPayload = z.object({ entityId: z.uuid(), mailId: z.uuid() }).strict();

/** What the attached picture is called in people's download folders. */
const pictureFile = 'key-qr.png';

/**
 * Hands one mail to the mail server. What it says against it is kept at the mail; unless it said so for good
 * the job fails, and is tried again. A mail that was sent is not sent again.
 */
export async function sendMail(
  job: z.infer<typeof sendMailPayload>,
  database: Database,
  parts: MailParts,
): Promise<void> {
  const { mailId } = job;
  const scope = { kind: 'entity', entityId: job.entityId as EntityId } as const;
  const mail = await database.transact(scope, (tx) => findMail(tx, job.entityId, mailId));
  const text = mail && textOf(mail, parts.sealingKey);
  if (!mail || mail.sentAt !== null || text === undefined || !parts.server) return;
  const picture = pictureIn(mail, parts.sealingKey);
  const attachment =
    picture === undefined
      ? undefined
      : { name: pictureFile, contentType: 'image/png', content: qrPng(picture) };
  const isShown = parts.mode === 'demo';
  try {
    await parts.server.send({ id: mailId, to: mail.to, subject: mail.subject, text, attachment });
  } catch (error) {
    if (!(error instanceof MailFault)) throw error;
    const outcome = { failure: error.message, isTextOver: error.isFinal && !isShown };
    await database.transact(scope, (tx) => noteOutcome(tx, job, outcome));
    if (error.isFinal) return;
    throw error;
  }
  const sentAt = parts.now();
  await database.transact(scope, (tx) => noteOutcome(tx, job, { sentAt, isTextOver: !isShown }));
}
