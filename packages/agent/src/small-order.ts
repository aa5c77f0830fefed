/** The length of an Ed25519 public key. */
const keyLength = 32;

/**
 * The y of every point of small order on edwards25519, little-endian without the sign bit: 0, 1, p - 1, p and
 * p + 1 (which some decoders take for 0 and 1), and the two of order 8.
 */
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * Whether this public key is a point of small order (RFC 8032 leaves the check to the caller): whoever plants
 * one has a signature for everything. Also true for bytes that are no key.
 */
export function isSmallOrder(publicKey: Uint8Array): boolean {
  if (publicKey.length !== keyLength) return true;
  const isSigned = (place: number): boolean => place === keyLength - 1;
  const unsigned = [...publicKey].map((byte, place) => (isSigned(place) ? byte & 0x7f : byte));
  return smallOrder.has(unsigned.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}
