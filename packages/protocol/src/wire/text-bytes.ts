import { CborFault } from './cbor.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The 16 bytes of a UUID in lower case. Throws CborFault for anything else: a bug of the caller. */
export function uuidBytes(uuid: string): Uint8Array {
  if (!uuidForm.test(uuid)) throw new CborFault('not a UUID');
  const digits = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** The UUID of 16 bytes, in lower case. */
export function uuidText(bytes: Uint8Array): string {
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20].map((start, part) => digits.slice(start, [8, 12, 16, 20, 32][part])).join('-');
}

/** Whether two byte strings are equal; not for secrets. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
