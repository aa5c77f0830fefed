import type { Instant } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';
import type { AccountMailKind } from './kinds.ts';

export interface AccountMail {
  readonly accountId: string;
  readonly kind: AccountMailKind;
  readonly language: MailLanguage;
  /** Where it goes to, if not to the address that the Account has when it is sent. */
  readonly recipient?: string | undefined;
  /** The name of what it tells of. */
  readonly detail?: string | undefined;
}

/**
 * How many mails of a kind an Account was written since then. Scope, here and below: it, or the installation.
 */
export async function countMails(
  tx: Transaction,
  { accountId, kind }: Pick<AccountMail, 'accountId' | 'kind'>,
  since: Instant,
): Promise<number> {
  const rows = await queryNamed<{ count: number }>(tx, {
    name: 'count_account_mails',
    text: `select count(*)::int as count from claviger.account_mails
      where account_id = $1 and kind = $2 and asked_at > $3`,
    values: [accountId, kind, new Date(since)],
  });
  return rows[0]?.count ?? 0;
}

export async function addMail(
  tx: Transaction,
  mail: AccountMail & { readonly id: string; readonly askedAt: Instant },
): Promise<void> {
  const { id, accountId, kind, language, recipient, detail, askedAt } = mail;
  await query(tx)
    .insertInto('account_mails')
    .values({
      ...{ id, kind, language, account_id: accountId, asked_at: new Date(askedAt) },
      ...{ recipient: recipient ?? null, detail: detail ?? null },
    })
    .execute();
}

export interface KeptMail {
  readonly accountId: string;
  readonly kind: AccountMailKind;
  readonly language: MailLanguage;
  readonly recipient: string | null;
  readonly detail: string | null;
  readonly askedAt: Instant;
  readonly sentAt: Instant | null;
}

export function findMail(tx: Transaction, mailId: string): Promise<KeptMail | undefined> {
  return query(tx)
    .selectFrom('account_mails')
    .where('id', '=', mailId)
    .select(['account_id as accountId', 'kind', 'language', 'recipient', 'detail'])
    .select(['asked_at as askedAt', 'sent_at as sentAt'])
    .$narrowType<{ language: MailLanguage; kind: AccountMailKind }>()
    .executeTakeFirst();
}

/** What became of it. Once it was sent, nobody needs to know where to or about what. */
export async function noteOutcome(
  tx: Transaction,
  mailId: string,
  outcome: { readonly sentAt: Instant } | { readonly failure: string },
): Promise<void> {
  await query(tx)
    .updateTable('account_mails')
    .where('id', '=', mailId)
    .set(
      'sentAt' in outcome
        ? { sent_at: new Date(outcome.sentAt), failure: null, recipient: null, detail: null }
        : { failure: outcome.failure },
    )
    .execute();
}

/** Forgets those of yesterday, sent or not. */
export async function forgetAccountMails(tx: Transaction): Promise<void> {
  await queryNamed(tx, {
    name: 'forget_account_mails',
    text: "delete from claviger.account_mails where asked_at < now() - interval '1 day'",
    values: [],
  });
}
