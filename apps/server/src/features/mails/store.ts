import type { Instant } from '@claviger/domain';
import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

export interface NewMail {
  readonly entityId: string;
  readonly id: string;
  readonly keyId: string | undefined;
  readonly to: string;
  readonly subject: string;
  readonly sealedText: Buffer | undefined;
  readonly sealedPicture: Buffer | undefined;
  readonly at: Instant;
  readonly keptAt: Instant | undefined;
  readonly failure: string | undefined;
}

export async function addMail(tx: Transaction, mail: NewMail): Promise<void> {
  await query(tx)
    .insertInto('mails')
    .values({
      entity_id: mail.entityId,
      id: mail.id,
      key_id: mail.keyId ?? null,
      recipient: mail.to,
      subject: mail.subject,
      sealed_text: mail.sealedText ?? null,
      sealed_picture: mail.sealedPicture ?? null,
      created_at: new Date(mail.at),
      kept_at: mail.keptAt === undefined ? null : new Date(mail.keptAt),
      failure: mail.failure ?? null,
    })
    .execute();
}

export interface KeptMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly sealedText: Uint8Array | null;
  readonly sealedPicture: Uint8Array | null;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly failure: string | null;
}

function selectMails(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('mails')
    .where('entity_id', '=', entityId)
    .select([
      'id',
      'recipient as to',
      'subject',
      'sealed_text as sealedText',
      'sealed_picture as sealedPicture',
      'created_at as createdAt',
      'sent_at as sentAt',
      'failure',
    ]);
}

/** Mails of the Entity, newest first, after one of them. */
export function listMails(
  tx: Transaction,
  entityId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<KeptMail[]> {
  return selectMails(tx, entityId)
    .$if(after !== undefined, (mails) => mails.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export function findMail(tx: Transaction, entityId: string, mailId: string): Promise<KeptMail | undefined> {
  return selectMails(tx, entityId).where('id', '=', mailId).executeTakeFirst();
}

/** What became of a mail; its text and its picture go where they are not needed again. */
export async function noteOutcome(
  tx: Transaction,
  mail: { readonly entityId: string; readonly mailId: string },
  outcome: { readonly sentAt?: Instant; readonly failure?: string; readonly isTextOver: boolean },
): Promise<void> {
  await query(tx)
    .updateTable('mails')
    .set({
      ...(outcome.sentAt !== undefined && { sent_at: new Date(outcome.sentAt) }),
      failure: outcome.failure ?? null,
      ...(outcome.isTextOver && { sealed_text: null, sealed_picture: null }),
    })
    .where('entity_id', '=', mail.entityId)
    .where('id', '=', mail.mailId)
    .execute();
}
