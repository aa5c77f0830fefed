import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

const VERSION_7 = 0x70;
const VARIANT = 0x80;
const TIME_BYTES = 6;

/**
 * A new identifier: a UUID of version 7 (RFC 9562 5.7), which begins with the time, so that new rows lie side
 * by side in an index. It is not a secret.
 */
export function newIdentifier(nowMs: number = Date.now()): string {
  assert(Number.isSafeInteger(nowMs) && nowMs >= 0, 'an instant is a whole number of milliseconds');
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, TIME_BYTES);
  bytes.writeUInt8(VERSION_7 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(VARIANT | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return groups.join('-');
}
