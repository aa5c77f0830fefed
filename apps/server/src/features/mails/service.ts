import type { Instant } from '@claviger/domain';
import { Refusal, type Mail } from '@claviger/protocol';
import { addJob, newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { idIn } from '../../platform/http/index.ts';
import type { MailServer } from '../../platform/mail/index.ts';
import { openField, sealField, type FieldPlace, type Secret } from '../../platform/secrets/index.ts';
import * as store from './store.ts';

export interface MailParts {
  readonly mode: 'demo' | 'real';
  /** Absent where none is configured. */
  readonly server: MailServer | undefined;
  readonly sealingKey: Secret;
  readonly now: () => Instant;
}

export interface WrittenMail {
  readonly entityId: string;
  /** The Key that it hands on, if it does. */
  readonly keyId?: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The text in a QR that is attached as a picture. */
  readonly picture?: string | undefined;
}

/** With growing pauses, over half an hour: mail servers that greylist take it then. */
export const sendLimit = 8;
const pageSize = 50;
const withoutServer = 'This installation has no mail server.';

export const sendMailTask = 'send_mail';

export function mailPlace(mailId: string) {
  return { table: 'mails', column: 'sealed_text', rowId: mailId };
}

function picturePlace(mailId: string) {
  return { table: 'mails', column: 'sealed_picture', rowId: mailId };
}

/** Puts a mail into the outbox, in the transaction that makes it necessary. */
export async function queueMail(
  tx: Transaction,
  mail: WrittenMail,
  { mode, server, sealingKey, now }: MailParts,
): Promise<Pick<Mail, 'id' | 'to' | 'createdAt'>> {
  const { entityId, keyId, to, subject, text, picture } = mail;
  const id = newIdentifier();
  const at = now();
  const isLost = !server && mode === 'real';
  const seal = (place: FieldPlace, content: string) =>
    isLost ? undefined : sealField(sealingKey, place, new TextEncoder().encode(content));
  await store.addMail(tx, {
    entityId,
    id,
    keyId,
    to,
    subject,
    at,
    sealedText: seal(mailPlace(id), text),
    sealedPicture: picture === undefined ? undefined : seal(picturePlace(id), picture),
    keptAt: !server && mode === 'demo' ? at : undefined,
    failure: isLost ? withoutServer : undefined,
  });
  if (server) {
    const payload = { entityId, mailId: id };
    // One after another, so that a mail server that hangs holds up nothing else.
    await addJob(tx, { task: sendMailTask, payload, queue: 'mails', attemptLimit: sendLimit });
  }
  return { id, to, createdAt: at };
}

/** The text of a mail while it is kept. */
export function textOf({ id, sealedText }: store.KeptMail, sealingKey: Secret): string | undefined {
  if (sealedText === null) return undefined;
  return new TextDecoder().decode(openField(sealingKey, mailPlace(id), sealedText));
}

/** The text in the QR that a mail carries, while the mail is kept. */
export function pictureIn({ id, sealedPicture }: store.KeptMail, sealingKey: Secret): string | undefined {
  if (sealedPicture === null) return undefined;
  return new TextDecoder().decode(openField(sealingKey, picturePlace(id), sealedPicture));
}

function mailOf(mail: store.KeptMail, sealingKey: Secret): Mail {
  const picture = pictureIn(mail, sealingKey);
  return {
    id: mail.id,
    to: mail.to,
    subject: mail.subject,
    text: textOf(mail, sealingKey) ?? '',
    ...(picture !== undefined && { picture }),
    createdAt: mail.createdAt,
    ...(mail.sentAt !== null && { sentAt: mail.sentAt }),
    ...(mail.failure !== null && { failure: mail.failure }),
  };
}

/** The outbox, newest first. Refuses not_found outside of a demo: there nobody reads what opens a door. */
export async function listOutbox(
  tx: Transaction,
  entityId: string,
  { cursor, parts }: { readonly cursor: string | undefined; readonly parts: MailParts },
): Promise<{ items: Mail[]; next?: string }> {
  if (parts.mode !== 'demo') throw new Refusal('not_found');
  const after = cursor === undefined ? undefined : idIn(cursor);
  const mails = await store.listMails(tx, entityId, { after, limit: pageSize + 1 });
  const shown = mails.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    items: shown.map((mail) => mailOf(mail, parts.sealingKey)),
    ...(mails.length > pageSize && last && { next: last.id }),
  };
}
