import type { Instant } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

interface KeyOfCard {
  readonly entityId: string;
  readonly keyId: string;
}

/** Whose card a number is at a lock, and until when. */
export interface CardHolder {
  readonly keyId: string;
  readonly credentialId: string;
  readonly livesUntil: number;
}

interface CardAtLock {
  readonly entityId: string;
  readonly lockId: string;
  readonly tag: Buffer;
}

/** Who has this number at the lock, or had it last. */
export function findCardHolder(
  tx: Transaction,
  { entityId, lockId, tag }: CardAtLock,
): Promise<CardHolder | undefined> {
  return query(tx)
    .selectFrom('card_values')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('tag', '=', tag)
    .select(['key_id as keyId', 'credential_id as credentialId', 'lives_until as livesUntil'])
    .executeTakeFirst();
}

/** Keeps a number at a lock for the card of a Key. */
export async function addCardValue(
  tx: Transaction,
  card: CardAtLock & Pick<KeyOfCard, 'keyId'> & Pick<CardHolder, 'credentialId' | 'livesUntil'>,
): Promise<void> {
  await query(tx)
    .insertInto('card_values')
    .values({
      entity_id: card.entityId,
      lock_id: card.lockId,
      tag: card.tag,
      key_id: card.keyId,
      credential_id: card.credentialId,
      lives_until: new Date(card.livesUntil),
    })
    .execute();
}

/** A card that ended is nobody's any more: no list carries it, and its numbers are free. */
export async function removeCard(tx: Transaction, entityId: string, credentialId: string): Promise<void> {
  await query(tx)
    .deleteFrom('credentials')
    .where('entity_id', '=', entityId)
    .where('id', '=', credentialId)
    .where('kind', '=', 'card')
    .execute();
}

/** The card of a Key lives until then; one that it gave up before stays given up. */
export async function keepCards(tx: Transaction, key: KeyOfCard, livesUntil: Instant): Promise<void> {
  await query(tx)
    .updateTable('card_values')
    .set({ lives_until: new Date(livesUntil) })
    .where('entity_id', '=', key.entityId)
    .where('key_id', '=', key.keyId)
    .where('credential_id', 'in', (eb) =>
      eb
        .selectFrom('credentials')
        .where('entity_id', '=', key.entityId)
        .where('key_id', '=', key.keyId)
        .where('state', '=', 'active')
        .select('id'),
    )
    .execute();
}

/** From now on the numbers of a Key's cards may be another Key's. */
export async function freeCards(tx: Transaction, key: KeyOfCard, at: Instant): Promise<void> {
  await query(tx)
    .updateTable('card_values')
    .set({ lives_until: sql<Date>`least(lives_until, ${new Date(at)})` })
    .where('entity_id', '=', key.entityId)
    .where('key_id', '=', key.keyId)
    .execute();
}

/** Takes its card from a Key: nobody is shown it again, the doors still know why it does not open. */
export async function revokeCards(tx: Transaction, key: KeyOfCard, at: Instant): Promise<void> {
  await freeCards(tx, key, at);
  await query(tx)
    .updateTable('credentials')
    .set({ state: 'revoked', sealed_secret: null })
    .where('entity_id', '=', key.entityId)
    .where('key_id', '=', key.keyId)
    .where('kind', '=', 'card')
    .execute();
}
