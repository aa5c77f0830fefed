import type { AccountId, Instant } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';
import { addJob, newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { MailServer } from '../../../platform/mail/index.ts';
import { sendLimit } from '../../mails/index.ts';
import type { NoticeKind } from './kinds.ts';
import { forgetResets } from '../reset/store.ts';
import { addMail, countMails, forgetAccountMails, type AccountMail } from './store.ts';

export const mailAccountTask = 'mail_account';

/** What is needed to write to the person of an Account. */
export interface TellParts {
  readonly mails: { readonly server: MailServer | undefined; readonly now: () => Instant };
}

const hourMs = 60 * 60_000;
/**
 * Mails of one kind to one Account in an hour. By kind, so that whoever repeats what is harmless does not
 * keep back what matters.
 */
export const mailsAnHour = 5;

/** Writes to the person of an Account, in the transaction of what the mail is about. */
export async function queueAccountMail(
  tx: Transaction,
  mail: AccountMail,
  { mails }: TellParts,
): Promise<void> {
  if (!mails.server) return;
  const askedAt = mails.now();
  if ((await countMails(tx, mail, askedAt - hourMs)) >= mailsAnHour) return;
  const id = newIdentifier();
  await addMail(tx, { ...mail, id, askedAt });
  const payload = { mailId: id };
  await addJob(tx, { task: mailAccountTask, payload, queue: 'mails', attemptLimit: sendLimit });
}

export interface Told {
  readonly accountId: AccountId;
  readonly kind: NoticeKind;
  readonly language: MailLanguage;
  readonly detail?: string | undefined;
  /** The address that the Account had until now. */
  readonly recipient?: string | undefined;
}

/**
 * Tells the person of an Account that its sign-in was changed, at an address that is known to be theirs. In
 * the language of the page that changed it; with no secret, and no link but to a page that anybody can open.
 */
export function tellAccount(tx: Transaction, told: Told, parts: TellParts): Promise<void> {
  return queueAccountMail(tx, told, parts);
}

/** Forgets what was asked for or written yesterday. Scope: the installation. */
export async function forgetMails(tx: Transaction): Promise<void> {
  await forgetResets(tx);
  await forgetAccountMails(tx);
}
