import type { Key } from '@claviger/protocol';

/** Whether a lock of a Key can read a picture at all; what else it asks of one, the server knows. */
export function isPictureRead(bindings: Key['bindings']): boolean {
  return bindings.some(({ capabilities }) => capabilities.includes('qr_reader'));
}
