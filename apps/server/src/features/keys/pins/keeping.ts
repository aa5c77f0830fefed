import { findModel, type EntityId, type Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import { wantKeysAt } from '../../authority/index.ts';
import * as credentials from '../credentials/store.ts';
import type { KeyParts } from '../parts.ts';
import { openSecret, sealDigest, sealSecret } from '../secrets.ts';
import { findPlace } from '../store.ts';
import { assertRoom, drawPin, PinTaken, pinRestsForMs, pinTag, type DrawnPin } from './pins.ts';
import { findPinHolder, reservePin } from './store.ts';

/** Tries to keep a drawn PIN: somebody else would have to take the same value, or the room, each time. */
const pinTryLimit = 5;

/** Which Key a PIN is kept for, at which locks, and until when it lives there. */
export interface PinKeeping {
  readonly entityId: string;
  readonly keyId: string;
  readonly lockIds: readonly string[];
  readonly livesUntil: Instant;
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
  const lock = await database.transact({ kind: 'entity', entityId }, (tx) => findPlace(tx, entityId, lockId));
  const hasKeypad = findModel(lock?.model ?? '')?.capabilities.includes('keypad') ?? false;
  return hasKeypad ? drawPin({ entityId, lockIds: [lockId], now: now() }, pins) : undefined;
}

/** Reserves a PIN at every lock of its Key, where it needs room for one more. Throws PinTaken. */
async function reserve(
  tx: Transaction,
  pin: PinKeeping & { readonly digits: string; readonly needsRoom: boolean },
  parts: KeyParts,
): Promise<void> {
  const { entityId, keyId, livesUntil } = pin;
  const now = parts.now();
  const digits = pin.digits.length;
  for (const lockId of pin.lockIds) {
    if (pin.needsRoom) await assertRoom(tx, { entityId, lockId, now, digits });
    const tag = pinTag(parts.pins.tagKey, lockId, pin.digits);
    const since = now - pinRestsForMs;
    const wanted = { entityId, lockId, keyId, tag, digits, livesUntil, since };
    const former = await findPinHolder(tx, wanted);
    if (!(await reservePin(tx, wanted))) throw new PinTaken();
    // A list of the lock may know by this value the Key that had it; two Keys would be nobody's.
    if (former && former.keyId !== keyId) {
      const { deviceId } = former;
      await wantKeysAt(tx, { entityId, lockId, deviceId, keyIds: [former.keyId] }, now);
    }
  }
}

/** Gives a new Key its PIN. Throws PinTaken. */
export async function addPin(
  tx: Transaction,
  key: PinKeeping & { readonly pin: DrawnPin },
  parts: KeyParts,
): Promise<void> {
  const { entityId, keyId, pin } = key;
  const { sealingKey } = parts;
  await reserve(tx, { ...key, digits: pin.digits, needsRoom: true }, parts);
  const id = newIdentifier();
  await credentials.addCredential(tx, {
    entityId,
    keyId,
    id,
    kind: 'pin',
    sealedSecret: sealSecret(sealingKey, id, pin.digits),
    sealedDigest: sealDigest(sealingKey, id, pin.digest),
  });
}

/**
 * The PIN of a Key lives until its new end; one that was ended stays ended. An expired Key that comes back
 * needs room for its PIN again, else another PIN. Refuses key_ended when its PIN was forgotten meanwhile.
 * Throws PinTaken.
 */
export async function keepPin(
  tx: Transaction,
  key: PinKeeping & { readonly before: Instant; readonly pin: DrawnPin | undefined },
  parts: KeyParts,
): Promise<void> {
  const { entityId, before, pin } = key;
  const now = parts.now();
  const kept = (await credentials.listCredentials(tx, key)).find(({ kind }) => kind === 'pin');
  if (!kept || kept.state === 'revoked') return;
  if (pin) {
    await reserve(tx, { ...key, digits: pin.digits, needsRoom: true }, parts);
    const sealedSecret = sealSecret(parts.sealingKey, kept.id, pin.digits);
    const sealedDigest = sealDigest(parts.sealingKey, kept.id, pin.digest);
    await credentials.replacePin(tx, { entityId, id: kept.id, sealedSecret, sealedDigest });
    return;
  }
  if (!kept.sealedSecret) throw new Refusal('key_ended');
  const digits = openSecret(parts.sealingKey, kept.id, kept.sealedSecret);
  const isRevived = before <= now && key.livesUntil > now;
  await reserve(tx, { ...key, digits, needsRoom: isRevived }, parts);
}
