import { firstCharacters, type EntityId } from '@claviger/domain';
import { Refusal, type Key, type KeySecrets } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { wantKeysAt } from '../authority/index.ts';
import { changeCard } from './cards/cards.ts';
import { freeCards, keepCards } from './cards/store.ts';
import * as credentials from './credentials/store.ts';
import { holderAt } from './holders/holders.ts';
import { holdLiving, nextIssue, wantListsOf } from './holding.ts';
import { boundsUnder, mandateOf, type MakingMandate } from './mandated/bounds.ts';
import type { KeyId, KeyParts } from './parts.ts';
import { addPin, keepPin } from './pins/keeping.ts';
import type { DrawnPin } from './pins/pins.ts';
import { drawToken, sealSecret, tokenHash } from './secrets.ts';
import { assertPictureTaken } from './sharing/picture.ts';
import { assertSomethingOpens, proofUses } from './sharing/proofs.ts';
import { revealSecrets } from './sharing/sharing.ts';
import { getKey } from './shown/shown.ts';
import * as store from './store.ts';
import { boundsOf, type Bounds, type TypedValidity } from './validity.ts';

/** A guest Key as a person asks for it. */
export interface GuestKeyWanted extends TypedValidity {
  readonly entityId: EntityId;
  readonly madeBy: string;
  readonly lockId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly maxUses?: number | undefined;
  /** RF card number, as it was typed. */
  readonly card?: string | undefined;
  /** Its QR is shared as a static picture too. */
  readonly withPicture: boolean;
  /** On whose behalf it is made: it ends with the Mandate. */
  readonly mandate?: MakingMandate | undefined;
}

export interface MadeKey {
  readonly key: Key;
  readonly secrets: KeySecrets;
}

/** A holder whom nobody named is called by the e-mail address, or by the end of the Key's identifier. */
function holderOf({ name, email }: GuestKeyWanted, keyId: string): string {
  return firstCharacters(name ?? email ?? `Guest ${keyId.slice(-4).toUpperCase()}`, 80);
}

/** Gives a new Key its link and its QR. */
async function addLinkAndQr(tx: Transaction, key: KeyId, { sealingKey }: KeyParts): Promise<void> {
  const token = drawToken();
  const link = { ...key, id: newIdentifier(), kind: 'link' as const };
  await credentials.addCredential(tx, { ...link, sealedSecret: sealSecret(sealingKey, link.id, token) });
  await credentials.addToken(tx, { ...key, hash: tokenHash(token) });
  await credentials.addCredential(tx, { ...key, id: newIdentifier(), kind: 'qr' });
}

/**
 * Makes a guest Key for one lock, in the caller's transaction, with link, QR and, where one was drawn, PIN.
 * Refuses not_found, lock_not_active for a lock that nobody has claimed, invalid_input (`boundsOf`,
 * `boundsUnder`, `assertPictureTaken`, `assertSomethingOpens`, `changeCard`). Throws PinTaken.
 */
export async function makeGuestKey(
  tx: Transaction,
  wanted: GuestKeyWanted & { readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<MadeKey> {
  const { entityId, lockId, email, maxUses, madeBy, withPicture, pin } = wanted;
  const at = parts.now();
  const place = await store.findPlace(tx, entityId, lockId);
  if (!place) throw new Refusal('not_found');
  if (place.status === 'unclaimed' || place.status === 'claiming') throw new Refusal('lock_not_active');
  const { mandate } = wanted;
  const { wantedUntil, ...bounds } = boundsUnder(boundsOf(wanted, { zone: place.zone, now: at }), mandate);
  if (withPicture) assertPictureTaken(place, 'body.withPicture');
  const held = { hasPin: pin !== undefined, hasPicture: withPicture, hasCard: wanted.card !== undefined };
  assertSomethingOpens(proofUses({ type: 'guest', ...held }, place), 'body.lockId');
  const id = newIdentifier();
  const key = { entityId, keyId: id };
  await wantKeysAt(tx, { entityId, lockId, deviceId: place.deviceId, keyIds: [id] }, at);
  const holder = holderOf(wanted, id);
  const holderId = await holderAt(tx, { entityId, email });
  await store.addKey(tx, {
    entityId,
    id,
    type: 'guest',
    holder,
    holderId,
    email,
    maxUses,
    madeBy,
    lockId,
    at,
    ...bounds,
    mandate: mandate && { id: mandate.id, wantedUntil: wantedUntil ?? bounds.until },
    hasPicture: withPicture,
  });
  await addLinkAndQr(tx, key, parts);
  const livesUntil = bounds.until;
  if (pin) await addPin(tx, { ...key, pin, lockIds: [lockId], livesUntil }, parts);
  await changeCard(tx, { ...key, card: wanted.card, places: [place], livesUntil }, parts);
  return { key: await getKey(tx, key, parts), secrets: await revealSecrets(tx, key, parts) };
}

interface Limits extends Bounds {
  readonly maxUses: number | null;
}

/** Whether what somebody could do before is taken from them: the old picture of the QR dies then. */
function isShrunk(before: store.HeldKey, after: Limits): boolean {
  const isLater = after.from > (before.from ?? -Infinity);
  const isEarlier = after.until < (before.until ?? Infinity);
  return isLater || isEarlier || (after.maxUses ?? Infinity) < (before.maxUses ?? Infinity);
}

export interface KeyChange extends KeyId, TypedValidity {
  readonly maxUses?: number | null | undefined;
  /** RF card number as it was typed; null takes the card away. */
  readonly card?: string | null | undefined;
  readonly version: number;
}

/**
 * Changes the validity of a guest Key; what is spent stays spent (SEMANTICS U2). Its issue rises where rights
 * shrink. Refuses not_found, key_ended, key_issues_spent, changed_meanwhile, invalid_input (`boundsOf`,
 * `mandateOf`, `boundsUnder`, `changeCard`). Throws PinTaken when the Key comes back and needs another PIN.
 */
export async function changeGuestKey(
  tx: Transaction,
  change: KeyChange & { readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<{ readonly before: Key; readonly after: Key }> {
  const { entityId, keyId, pin } = change;
  const place = { entityId, keyId };
  const now = parts.now();
  const places = await wantListsOf(tx, place, now);
  const key = await holdLiving(tx, place, now);
  if (key.version !== change.version) throw new Refusal('changed_meanwhile');
  const before = await getKey(tx, place, parts);
  const zone = places[0]?.zone ?? 'UTC';
  const typed = boundsOf(change, { zone, now, keptUntil: key.until ?? undefined });
  const bounds = boundsUnder(typed, await mandateOf(tx, entityId, key));
  const after = { ...bounds, maxUses: change.maxUses === undefined ? key.maxUses : change.maxUses };
  const issue = isShrunk(key, after) ? nextIssue(key) : key.issue;
  await store.changeKey(tx, place, { ...after, issue });
  await store.changeBindings(tx, place, { at: now });
  const lockIds = places.map(({ lockId }) => lockId);
  const livesUntil = bounds.until;
  await keepPin(tx, { ...place, lockIds, before: key.until ?? Infinity, livesUntil, pin }, parts);
  await keepCards(tx, place, livesUntil);
  await changeCard(tx, { ...place, card: change.card, places, livesUntil }, parts);
  return { before, after: await getKey(tx, place, parts) };
}

/**
 * Revokes a guest Key: at once here, and at its doors as soon as they hear. Refuses not_found. Idempotent.
 */
export async function endGuestKey(
  tx: Transaction,
  place: KeyId,
  parts: KeyParts,
): Promise<{ readonly before: Key; readonly after: Key }> {
  const now = parts.now();
  await wantListsOf(tx, place, now);
  const key = await store.holdKey(tx, place);
  if (!key) throw new Refusal('not_found');
  const before = await getKey(tx, place, parts);
  if (key.state === 'revoked') return { before, after: before };
  await store.revokeKey(tx, place, now);
  await freeCards(tx, place, now);
  await store.changeBindings(tx, place, { at: now, isRevoked: true });
  return { before, after: await getKey(tx, place, parts) };
}
