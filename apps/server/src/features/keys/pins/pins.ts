import { createHmac, randomInt, scrypt } from 'node:crypto';
import { isWeakPin, shortestPinLength, type Instant, type PinLength } from '@claviger/domain';
import { pinScrypt, Refusal } from '@claviger/protocol';
import type { Database, Transaction } from '../../../platform/database/index.ts';
import type { Secret } from '../../../platform/secrets/index.ts';
import { countLivePins, findTakenTags } from './store.ts';

/** SEMANTICS C13 and PRODUCT "PIN": a value is not given to another Key for so long after its Key's end. */
export const pinRestsForMs = 30 * 86_400_000;

/** Weak and taken values are drawn again; of six digits some in a hundred are. */
const drawLimit = 50;

/** Somebody else took the value, or the room for it, meanwhile: to be drawn again. */
export class PinTaken extends Error {
  override readonly name = 'PinTaken';
}

/** A PIN that was drawn, with its slow digest (scrypt), from which the doors' digests are made. */
export interface DrawnPin {
  readonly digits: string;
  readonly digest: Uint8Array;
}

export interface PinDrawing {
  readonly database: Database;
  /** Makes the tags by which values are compared; 32 bytes. */
  readonly tagKey: Secret;
  readonly saltOf: (entityId: string) => Uint8Array;
}

interface PinPlace {
  readonly entityId: string;
  readonly lockIds: readonly string[];
  readonly now: Instant;
}

/** By this a value is compared with others of one lock, without being readable. */
export function pinTag(tagKey: Secret, lockId: string, digits: string): Buffer {
  return createHmac('sha256', tagKey.reveal()).update(`${lockId}:${digits}`).digest();
}

/** The slow digest of a PIN; some 50 milliseconds, so never inside a transaction. */
function digestOf(digits: string, salt: Uint8Array): Promise<Uint8Array> {
  const { length, N, r, p } = pinScrypt;
  return new Promise((resolve, reject) => {
    scrypt(digits, salt, length, { N, r, p }, (error, digest) => {
      if (error) reject(error);
      else resolve(Uint8Array.from(digest));
    });
  });
}

function drawDigits(length: number): string {
  return Array.from({ length }, () => String(randomInt(10))).join('');
}

async function drawFree(tx: Transaction, place: PinPlace, tagKey: Secret): Promise<string> {
  const live = [];
  for (const lockId of place.lockIds) live.push(await countLivePins(tx, { ...place, lockId }));
  const length = shortestPinLength(live, 1);
  const since = place.now - pinRestsForMs;
  for (let draw = 0; draw < drawLimit; draw += 1) {
    const digits = drawDigits(length);
    if (isWeakPin(digits)) continue;
    const tags = place.lockIds.map((lockId) => pinTag(tagKey, lockId, digits));
    if ((await findTakenTags(tx, { entityId: place.entityId, tags, since })) === 0) return digits;
  }
  throw new Refusal('temporarily_unavailable', { retryAfterS: 1 });
}

/**
 * Draws a PIN of the shortest length with room at these locks, not weak and not taken there (PRODUCT section
 * 3, "PIN"). It is not reserved: whoever keeps it may meet PinTaken.
 */
export async function drawPin(place: PinPlace, { database, tagKey, saltOf }: PinDrawing): Promise<DrawnPin> {
  const { entityId } = place;
  const digits = await database.transact({ kind: 'entity', entityId }, (tx) => drawFree(tx, place, tagKey));
  return { digits, digest: await digestOf(digits, saltOf(entityId)) };
}

/**
 * Throws PinTaken where the lock has no room for another live value of this length. Other changes of the
 * lock's Keys wait meanwhile: they have to mark its list first.
 */
export async function assertRoom(
  tx: Transaction,
  pin: { readonly entityId: string; readonly lockId: string; readonly now: Instant; readonly digits: number },
): Promise<void> {
  const live = await countLivePins(tx, pin);
  const isShorter = (length: PinLength): boolean => length < pin.digits;
  const withoutShorter = {
    6: isShorter(6) ? Infinity : live[6],
    7: isShorter(7) ? Infinity : live[7],
    8: isShorter(8) ? Infinity : live[8],
    9: live[9],
  };
  if (shortestPinLength([withoutShorter], 1) !== pin.digits) throw new PinTaken();
}
