import { findModel, type EntityId, type Instant } from '@claviger/domain';
import { Refusal, type Key, type KeySecrets } from '@claviger/protocol';
import { newIdentifier, type Database, type Transaction } from '../../platform/database/index.ts';
import type { Secret } from '../../platform/secrets/index.ts';
import { wantListOf } from '../authority/index.ts';
import {
  assertRoom,
  drawPin,
  PinTaken,
  pinRestsForMs,
  pinTag,
  type DrawnPin,
  type PinDrawing,
} from './pins/pins.ts';
import { keepPins, reservePin } from './pins/store.ts';
import { drawToken, linkOf, openSecret, sealDigest, sealSecret, tokenHash } from './secrets.ts';
import { getKey } from './shown/shown.ts';
import * as store from './store.ts';
import { boundsOf, type Bounds, type TypedValidity } from './validity.ts';

export interface KeyParts {
  readonly database: Database;
  readonly sealingKey: Secret;
  readonly pins: PinDrawing;
  /** What people type to come here, without a path. */
  readonly publicOrigin: string;
  readonly now: () => Instant;
}

interface KeyPlace {
  readonly entityId: EntityId;
  readonly keyId: string;
}

/** A guest Key as a person asks for it. */
export interface GuestKeyWanted extends TypedValidity {
  readonly entityId: EntityId;
  readonly madeBy: string;
  readonly lockId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly maxUses?: number | undefined;
}

export interface MadeKey {
  readonly key: Key;
  readonly secrets: KeySecrets;
  readonly zone: string;
}

/** Tries to keep a drawn PIN: somebody else would have to take the same value, or the room, each time. */
const pinTryLimit = 5;

/** A holder whom nobody named is called by the e-mail address, or by the end of the Key's identifier. */
function holderOf({ name, email }: GuestKeyWanted, keyId: string): string {
  return (name ?? email ?? `Guest ${keyId.slice(-4).toUpperCase()}`).slice(0, 80);
}

/**
 * Runs `work` with a PIN that was drawn outside of its transaction, and again with another one where somebody
 * was faster. Refuses temporarily_unavailable when that goes on.
 */
export async function withPin<Result>(
  draw: () => Promise<DrawnPin | undefined>,
  work: (pin: DrawnPin | undefined) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; attempt < pinTryLimit; attempt += 1) {
    try {
      return await work(await draw());
    } catch (error) {
      if (!(error instanceof PinTaken)) throw error;
    }
  }
  throw new Refusal('temporarily_unavailable', { retryAfterS: 1 });
}

/** A PIN for a Key of this lock, where it has a keypad. */
export async function drawPinFor(
  place: { readonly entityId: EntityId; readonly lockId: string },
  { database, pins, now }: KeyParts,
): Promise<DrawnPin | undefined> {
  const { entityId, lockId } = place;
  const lock = await database.transact({ kind: 'entity', entityId }, (tx) =>
    store.findPlace(tx, entityId, lockId),
  );
  const hasKeypad = findModel(lock?.model ?? '')?.capabilities.includes('keypad') ?? false;
  return hasKeypad ? drawPin({ entityId, lockIds: [lockId], now: now() }, pins) : undefined;
}

interface PinKeeping {
  readonly entityId: string;
  readonly keyId: string;
  readonly lockIds: readonly string[];
  readonly livesUntil: Instant;
}

/** Reserves a drawn PIN at every lock of its Key. Throws PinTaken. */
async function reserve(
  tx: Transaction,
  { pin, ...keeping }: PinKeeping & { readonly pin: DrawnPin },
  parts: KeyParts,
): Promise<void> {
  const { entityId, keyId, livesUntil } = keeping;
  const now = parts.now();
  const digits = pin.digits.length;
  for (const lockId of keeping.lockIds) {
    await assertRoom(tx, { entityId, lockId, now, digits });
    const tag = pinTag(parts.pins.tagKey, lockId, pin.digits);
    const since = now - pinRestsForMs;
    const wanted = { entityId, lockId, keyId, tag, digits, livesUntil, since };
    if (!(await reservePin(tx, wanted))) throw new PinTaken();
  }
}

async function addSecrets(
  tx: Transaction,
  key: Omit<PinKeeping, 'lockIds'> & { readonly lockId: string; readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<KeySecrets> {
  const { entityId, keyId, lockId, livesUntil, pin } = key;
  const { sealingKey } = parts;
  const token = drawToken();
  const link = { entityId, keyId, id: newIdentifier(), kind: 'link' as const };
  await store.addCredential(tx, { ...link, sealedSecret: sealSecret(sealingKey, link.id, token) });
  await store.addToken(tx, { entityId, keyId, hash: tokenHash(token) });
  await store.addCredential(tx, { entityId, keyId, id: newIdentifier(), kind: 'qr' });
  if (!pin) return { link: linkOf(parts.publicOrigin, token) };
  await reserve(tx, { pin, entityId, keyId, lockIds: [lockId], livesUntil }, parts);
  const id = newIdentifier();
  await store.addCredential(tx, {
    entityId,
    keyId,
    id,
    kind: 'pin',
    sealedSecret: sealSecret(sealingKey, id, pin.digits),
    sealedDigest: sealDigest(sealingKey, id, pin.digest),
  });
  return { link: linkOf(parts.publicOrigin, token), pin: pin.digits };
}

/**
 * Makes a guest Key for one lock, in the caller's transaction, with link, QR and, where one was drawn, PIN.
 * Refuses not_found, lock_not_active for a lock that nobody has claimed, invalid_input (`boundsOf`). Throws
 * PinTaken.
 */
export async function makeGuestKey(
  tx: Transaction,
  wanted: GuestKeyWanted & { readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<MadeKey> {
  const { entityId, lockId, email, maxUses, madeBy, pin } = wanted;
  const at = parts.now();
  const place = await store.findPlace(tx, entityId, lockId);
  if (!place) throw new Refusal('not_found');
  if (place.status === 'unclaimed' || place.status === 'claiming') throw new Refusal('lock_not_active');
  const { zone, deviceId } = place;
  const bounds = boundsOf(wanted, { zone, now: at });
  await wantListOf(tx, { entityId, lockId, deviceId }, at);
  const id = newIdentifier();
  const holder = holderOf(wanted, id);
  await store.addKey(tx, {
    entityId,
    id,
    type: 'guest',
    holder,
    email,
    maxUses,
    madeBy,
    lockId,
    at,
    ...bounds,
  });
  const made = { entityId, keyId: id, lockId, livesUntil: bounds.until, pin };
  const secrets = await addSecrets(tx, made, parts);
  return { key: await getKey(tx, { entityId, keyId: id }, at), secrets, zone };
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

/** A guest Key that can still be changed. Refuses not_found and key_ended. */
async function holdLiving(tx: Transaction, place: KeyPlace, now: Instant): Promise<store.HeldKey> {
  const key = await store.holdKey(tx, place);
  if (!key) throw new Refusal('not_found');
  // What ended so long ago is on no list any more, and its PIN may be another Key's.
  const isForgotten = key.until !== null && key.until <= now - pinRestsForMs;
  if (key.state === 'revoked' || key.type !== 'guest' || isForgotten) throw new Refusal('key_ended');
  return key;
}

export interface KeyChange extends KeyPlace, TypedValidity {
  readonly maxUses?: number | null | undefined;
  readonly version: number;
}

/** Marks every lock of a Key for a new list, before anything is changed. */
async function wantListsOf(tx: Transaction, place: KeyPlace, at: Instant): Promise<store.KeyPlace[]> {
  const places = await store.listPlacesOf(tx, place);
  for (const { lockId, deviceId } of places) {
    await wantListOf(tx, { entityId: place.entityId, lockId, deviceId }, at);
  }
  return places;
}

/** An expired Key that comes back needs room for its PIN again, else another PIN. Throws PinTaken. */
async function keepPin(
  tx: Transaction,
  key: PinKeeping & { readonly before: Instant; readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<void> {
  const { entityId, keyId, lockIds, before, pin } = key;
  const now = parts.now();
  const kept = (await store.listCredentials(tx, key)).find(({ kind }) => kind === 'pin');
  if (!kept) return;
  const isRevived = before <= now && key.livesUntil > now;
  if (pin) {
    await reserve(tx, { ...key, pin }, parts);
    const sealedSecret = sealSecret(parts.sealingKey, kept.id, pin.digits);
    const sealedDigest = sealDigest(parts.sealingKey, kept.id, pin.digest);
    await store.replacePin(tx, { entityId, id: kept.id, sealedSecret, sealedDigest });
    return;
  }
  const digits = openSecret(parts.sealingKey, kept.id, kept.sealedSecret ?? new Uint8Array()).length;
  for (const lockId of isRevived ? lockIds : []) {
    await assertRoom(tx, { entityId, lockId, now, digits });
  }
  await keepPins(tx, { entityId, keyId, before }, key.livesUntil);
}

/**
 * Changes the validity of a guest Key; what is spent stays spent (SEMANTICS U2). Its issue rises where rights
 * shrink. Refuses not_found, key_ended, changed_meanwhile, invalid_input (`boundsOf`). Throws PinTaken when
 * the Key comes back and needs another PIN.
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
  const before = await getKey(tx, place, now);
  const zone = places[0]?.zone ?? 'UTC';
  const bounds = boundsOf(change, { zone, now, keptUntil: key.until ?? undefined });
  const after = { ...bounds, maxUses: change.maxUses === undefined ? key.maxUses : change.maxUses };
  const issue = isShrunk(key, after) ? key.issue + 1 : key.issue;
  await store.changeKey(tx, place, { ...after, issue });
  await store.changeBindings(tx, place, { at: now });
  const lockIds = places.map(({ lockId }) => lockId);
  await keepPin(
    tx,
    { ...place, lockIds, before: key.until ?? Infinity, livesUntil: bounds.until, pin },
    parts,
  );
  return { before, after: await getKey(tx, place, now) };
}

/**
 * Revokes a guest Key: at once here, and at its doors as soon as they hear. Refuses not_found. Idempotent.
 */
export async function endGuestKey(
  tx: Transaction,
  place: KeyPlace,
  now: Instant,
): Promise<{ readonly before: Key; readonly after: Key }> {
  await wantListsOf(tx, place, now);
  const key = await store.holdKey(tx, place);
  if (!key) throw new Refusal('not_found');
  const before = await getKey(tx, place, now);
  if (key.state === 'revoked') return { before, after: before };
  await store.revokeKey(tx, place, now);
  await store.changeBindings(tx, place, { at: now, isRevoked: true });
  return { before, after: await getKey(tx, place, now) };
}

/** The link and the PIN of a Key that lives. Refuses not_found and key_ended. */
export async function revealSecrets(tx: Transaction, place: KeyPlace, parts: KeyParts): Promise<KeySecrets> {
  await holdLiving(tx, place, parts.now());
  const credentials = await store.listCredentials(tx, place);
  const open = (kind: 'link' | 'pin'): string | undefined => {
    const kept = credentials.find((credential) => credential.kind === kind);
    return kept?.sealedSecret ? openSecret(parts.sealingKey, kept.id, kept.sealedSecret) : undefined;
  };
  const [token, pin] = [open('link'), open('pin')];
  if (token === undefined) throw new Refusal('key_ended');
  return { link: linkOf(parts.publicOrigin, token), ...(pin !== undefined && { pin }) };
}
