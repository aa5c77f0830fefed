import { z } from 'zod';
import type { AccountId } from '@claviger/domain';
import type { Authentication } from '../../../platform/authentication/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { MailFault } from '../../../platform/mail/index.ts';
import { isNotice, noticeText, verificationText, type MailText } from './mail-text.ts';
import type { TellParts } from './service.ts';
import { findMail, noteOutcome, type KeptMail } from './store.ts';

export const mailAccountPayload = z.object({ mailId: z.uuid() }).strict();

export interface AccountMailParts extends TellParts {
  readonly authentication: Authentication;
  readonly publicOrigin: string;
}

interface Addressed extends MailText {
  readonly to: string;
}

/** A link of its own at each try; older ones hold for their time. */
async function verification(
  { authentication, publicOrigin }: AccountMailParts,
  { accountId, recipient, language }: KeptMail,
): Promise<Addressed | undefined> {
  const link = await authentication.createAddressToken(accountId as AccountId, recipient ?? undefined);
  if (!link) return undefined;
  const address = `${publicOrigin}/verify-address#${link.token}`;
  const host = new URL(publicOrigin).host;
  return { to: link.email, ...verificationText({ language, host, link: address }) };
}

/** Nothing goes to an address of which nobody knows whose it is. */
async function notice(
  { authentication, publicOrigin }: AccountMailParts,
  mail: KeptMail,
): Promise<Addressed | undefined> {
  const { kind, accountId, recipient } = mail;
  if (!isNotice(kind)) return undefined;
  const known = await authentication.findAddress(accountId as AccountId);
  const to = recipient ?? (known?.isVerified === true ? known.email : undefined);
  return to === undefined ? undefined : { to, ...noticeText(kind, { ...mail, publicOrigin }) };
}

/** Hands a mail to the mail server. Tried again unless that refuses it for good. */
export async function mailAccount(
  { mailId }: z.infer<typeof mailAccountPayload>,
  database: Database,
  parts: AccountMailParts,
): Promise<void> {
  const scope = { kind: 'installation' } as const;
  const mail = await database.transact(scope, (tx) => findMail(tx, mailId));
  const { server, now } = parts.mails;
  if (!mail || mail.sentAt !== null || !server) return;
  const written = await (isNotice(mail.kind) ? notice(parts, mail) : verification(parts, mail));
  try {
    if (written) await server.send({ id: mailId, ...written });
  } catch (error) {
    if (!(error instanceof MailFault)) throw error;
    await database.transact(scope, (tx) => noteOutcome(tx, mailId, { failure: error.message }));
    if (error.isFinal) return;
    throw error;
  }
  await database.transact(scope, (tx) => noteOutcome(tx, mailId, { sentAt: now() }));
}
