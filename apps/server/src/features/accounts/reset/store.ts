import type { Instant } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';

export interface AskedReset {
  readonly email: string;
  readonly language: MailLanguage;
}

/** Scope, here and below: the installation. */
export async function addReset(
  tx: Transaction,
  reset: AskedReset & { readonly id: string; readonly askedAt: Instant },
): Promise<void> {
  const { id, email, language, askedAt } = reset;
  await query(tx)
    .insertInto('password_resets')
    .values({ id, email, language, asked_at: new Date(askedAt) })
    .execute();
}

export function findReset(tx: Transaction, resetId: string): Promise<AskedReset | undefined> {
  return query(tx)
    .selectFrom('password_resets')
    .where('id', '=', resetId)
    .select(['email', 'language'])
    .$narrowType<{ language: MailLanguage }>()
    .executeTakeFirst();
}

/** It was mailed, or need not be: nobody asks for it any more. */
export async function removeReset(tx: Transaction, resetId: string): Promise<void> {
  await query(tx).deleteFrom('password_resets').where('id', '=', resetId).execute();
}

/** What the mail server said against it. */
export async function noteFailure(tx: Transaction, resetId: string, failure: string): Promise<void> {
  await query(tx).updateTable('password_resets').set({ failure }).where('id', '=', resetId).execute();
}

/** Forgets what could not be mailed for a day. */
export async function forgetResets(tx: Transaction): Promise<void> {
  await queryNamed(tx, {
    name: 'forget_resets',
    text: "delete from claviger.password_resets where asked_at < now() - interval '1 day'",
    values: [],
  });
}
