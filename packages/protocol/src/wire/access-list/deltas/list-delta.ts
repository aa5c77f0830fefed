import { encodeCbor } from '../../cbor.ts';
import { messageSizeLimit, type BodyOf, type MessageKind } from '../../envelope.ts';
import { at, bytes, integer, record } from '../../record.ts';
import { joinBytes, signedBytes } from '../../signed-bytes.ts';

/** So much of the root that it changes is named by a delta: 2^80 tries to find two lists with one. */
export const namedRootLength = 20;

/** So much of its root is told by a door: enough to show that it is another one by accident. */
export const toldRootLength = 8;

/** The longest Keys of one delta, in bytes: with what else it says they fit into a message. */
export const deltaKeysLimit = 60 * 1024;

/**
 * Server to device: the access list that has this root has changed so. A root names one list of one lock of
 * one device and ownership with all deltas that it came by, so nothing else has to be named; its version is
 * the next one of the same incarnation, signed so many milliseconds later (decision record 0033).
 */
export const listDeltaMessage = {
  number: 8,
  label: 'claviger/1/list-delta',
  sizeLimit: messageSizeLimit,
  body: record({
    from: at(1, bytes(namedRootLength)),
    version: at(2, integer(2)),
    elapsedMs: at(3, integer()),
    keys: at(4, bytes(1, deltaKeysLimit)),
  }),
} as const satisfies MessageKind<unknown>;

export type ListDelta = BodyOf<typeof listDeltaMessage>;

/** SHA-256; 32 bytes. */
type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * The root of a list after a delta; that of a whole list is the hash of its bytes. Two ways to one root would
 * be a collision of SHA-256.
 */
export function rootAfter(root: Uint8Array, delta: ListDelta, sha256: Sha256): Uint8Array {
  const content = joinBytes(root, encodeCbor(listDeltaMessage.body.write(delta)));
  return sha256(signedBytes('claviger/1/list-root', content));
}

/** How a delta names the root that it changes. */
export function namedRoot(root: Uint8Array): Uint8Array {
  return root.slice(0, namedRootLength);
}

/** How a door tells by which root it decides. */
export function toldRoot(root: Uint8Array): Uint8Array {
  return root.slice(0, toldRootLength);
}
