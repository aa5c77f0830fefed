import { createHmac } from 'node:crypto';
import { proofObstacle, readCardNumber, type Instant } from '@claviger/domain';
import { hexBytes, Refusal } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { Secret } from '../../../platform/secrets/index.ts';
import { proofRulesOf } from '../../access-lists/index.ts';
import { addCredential } from '../credentials/store.ts';
import { wantKeysAt } from '../../authority/index.ts';
import type { KeyParts } from '../parts.ts';
import { sealDigest, sealSecret } from '../secrets.ts';
import type { KeyPlace } from '../store.ts';
import { addCardValue, findCardHolder, removeCard, revokeCards, type CardHolder } from './store.ts';

/** Which Key a card is for, at which locks, and until when it is that Key's there. */
export interface CardKeeping {
  readonly entityId: string;
  readonly keyId: string;
  readonly places: readonly KeyPlace[];
  readonly livesUntil: Instant;
}

const field = 'body.card';

function refused(problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: field, problem }] });
}

/** By this a number is compared with others of one lock, without being readable. */
function cardTag(tagKey: Secret, lockId: string, hex: string): Buffer {
  return createHmac('sha256', tagKey.reveal()).update(`card:${lockId}:${hex}`).digest();
}

/**
 * The number that was typed, as readers hand it over. Refuses invalid_input beside the field: what
 * `readCardNumber` has against it, and where no lock of the Key takes bare numbers: no_card_reader,
 * card_numbers_not_taken, card_assurance_too_low.
 */
export function typedCard(typed: string, places: readonly KeyPlace[]): string {
  const read = readCardNumber(typed);
  if ('problem' in read) throw refused(read.problem);
  const problems = places.map(obstacleToCards);
  const [problem] = problems;
  if (problem !== undefined && !problems.includes(undefined)) throw refused(problem);
  return read.hex;
}

/** What keeps a bare number from opening this lock by itself, or undefined (PRODUCT 20, SEMANTICS M5). */
function obstacleToCards(place: KeyPlace): string | undefined {
  const obstacle = proofObstacle('card', 'guest', proofRulesOf(place));
  return obstacle === 'assurance_too_low' ? 'card_assurance_too_low' : obstacle;
}

interface CardAtLock {
  readonly lockId: string;
  readonly tag: Buffer;
  readonly holder: CardHolder | undefined;
}

async function findHolders(
  tx: Transaction,
  { entityId, places }: CardKeeping,
  tagOf: (lockId: string) => Buffer,
): Promise<CardAtLock[]> {
  const found: CardAtLock[] = [];
  for (const { lockId } of places) {
    const tag = tagOf(lockId);
    found.push({ lockId, tag, holder: await findCardHolder(tx, { entityId, lockId, tag }) });
  }
  return found;
}

/**
 * Gives a Key this card in place of the one that it had; the locks are marked already. A number is one live
 * Key's at a lock: another's is refused beside the field (card_in_use), without saying whose it is. A card
 * that a Key left behind when it ended goes over to the new one, also when that Key comes back.
 */
export async function giveCard(
  tx: Transaction,
  key: CardKeeping & { readonly hex: string },
  { sealingKey, pins, now }: KeyParts,
): Promise<void> {
  const { entityId, keyId, hex, livesUntil, places } = key;
  const at = now();
  const locks = await findHolders(tx, key, (lockId) => cardTag(pins.tagKey, lockId, hex));
  const isTaken = ({ holder }: CardAtLock): boolean =>
    holder !== undefined && holder.keyId !== keyId && holder.livesUntil > at;
  if (locks.some(isTaken)) throw refused('card_in_use');
  await revokeCards(tx, key, at);
  for (const { lockId, holder } of locks) {
    if (!holder) continue;
    const deviceId = places.find((place) => place.lockId === lockId)?.deviceId ?? '';
    // The list of the lock knows the Key that had it by that card.
    await wantKeysAt(tx, { entityId, lockId, deviceId, keyIds: [holder.keyId] }, at);
    await removeCard(tx, entityId, holder.credentialId);
  }
  const id = newIdentifier();
  await addCredential(tx, {
    entityId,
    keyId,
    id,
    kind: 'card',
    sealedSecret: sealSecret(sealingKey, id, hex),
    sealedDigest: sealDigest(sealingKey, id, hexBytes(hex) ?? new Uint8Array()),
    createdAt: at,
  });
  for (const { lockId, tag } of locks) {
    await addCardValue(tx, { entityId, lockId, tag, keyId, credentialId: id, livesUntil });
  }
}

/** What a change asks of a Key's card: a number, `null` to take it away, undefined to leave it. */
export async function changeCard(
  tx: Transaction,
  key: CardKeeping & { readonly card: string | null | undefined },
  parts: KeyParts,
): Promise<void> {
  const { card, ...keeping } = key;
  if (card === null) await revokeCards(tx, keeping, parts.now());
  if (typeof card !== 'string') return;
  await giveCard(tx, { ...keeping, hex: typedCard(card, keeping.places) }, parts);
}
