import type { AccountId } from '@claviger/domain';
import { Refusal, type MailLanguage } from '@claviger/protocol';
import type { Audit } from '../../../platform/audit/index.ts';
import type { Authentication } from '../../../platform/authentication/index.ts';
import { addJob, newIdentifier, type Database, type Transaction } from '../../../platform/database/index.ts';
import { sendLimit, type MailParts } from '../../mails/index.ts';
import { tellAccount } from '../mails/service.ts';
import { announceSessionEnd, assertStrong } from '../service.ts';
import { addReset, type AskedReset } from './store.ts';

export const mailResetTask = 'mail_reset';

export interface ResetParts {
  readonly authentication: Authentication;
  readonly mails: MailParts;
  readonly publicOrigin: string;
}

export interface OperatorParts extends Omit<ResetParts, 'mails'> {
  readonly audit: Audit;
  readonly database: Database;
}

type Transact = (work: (tx: Transaction) => Promise<void>) => Promise<void>;

/** The page where a new password is chosen; the token is in the fragment, which no browser sends. */
function linkOf(publicOrigin: string, token: string): string {
  return `${publicOrigin}/new-password#${token}`;
}

/** A link for this address, which holds for an hour; undefined where it has no Account. */
export async function makeResetLink(
  { authentication, publicOrigin }: Omit<ResetParts, 'mails'>,
  email: string,
): Promise<string | undefined> {
  const made = await authentication.createResetToken(email);
  return made && linkOf(publicOrigin, made.token);
}

/** The same at the command of whoever runs the installation, of which the Audit tells. */
export async function makeOperatorLink(
  { authentication, publicOrigin, audit, database }: OperatorParts,
  email: string,
): Promise<string | undefined> {
  const made = await authentication.createResetToken(email);
  if (!made) return undefined;
  await database.transact({ kind: 'installation' }, (tx) =>
    audit.add(tx, {
      ...{ scope: 'installation', outcome: 'done', operation: 'account.make_reset_link' },
      ...{ objectType: 'account', objectId: made.accountId },
    }),
  );
  return linkOf(publicOrigin, made.token);
}

/**
 * Has a link to a new password mailed, if the address has an Account. Whoever asks is told the same in the
 * same time: a job finds out. Without a mail server nothing happens, and the operator makes links by a
 * command.
 */
export async function askForReset(tx: Transaction, asked: AskedReset, { mails }: ResetParts): Promise<void> {
  if (!mails.server) return;
  const id = newIdentifier();
  await addReset(tx, { ...asked, id, askedAt: mails.now() });
  const payload = { resetId: id };
  await addJob(tx, { task: mailResetTask, payload, queue: 'mails', attemptLimit: sendLimit });
}

interface Resetting {
  readonly transact: Transact;
  readonly onAccount: (id: AccountId) => void;
  readonly language: MailLanguage;
}

/**
 * Sets a new password by the token of a link, and ends every session of the Account. Refuses not_found,
 * whatever is wrong with the link, and invalid_input beside the field.
 */
export async function resetPassword(
  parts: ResetParts,
  { token, newPassword }: { readonly token: string; readonly newPassword: string },
  { transact, onAccount, language }: Resetting,
): Promise<void> {
  const { authentication } = parts;
  const found = await authentication.findResettable(token);
  if (!found) throw new Refusal('not_found');
  onAccount(found.accountId);
  assertStrong(newPassword, { email: found.email, path: 'body.newPassword' });
  const ended = await authentication.resetPassword(token, newPassword);
  if (!ended) throw new Refusal('not_found');
  await transact(async (tx) => {
    for (const sessionId of ended) await announceSessionEnd(tx, sessionId);
    const { accountId } = found;
    await tellAccount(tx, { accountId, kind: 'password_reset', language }, parts);
  });
}
