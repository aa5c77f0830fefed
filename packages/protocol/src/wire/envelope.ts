import { CborFault, decodeCbor, encodeCbor } from './cbor.ts';
import type { Field } from './record.ts';
import { joinBytes, signedBytes } from './signed-bytes.ts';

/**
 * A signed message: version, kind, key identifier (8 bytes), CBOR body, Ed25519 signature (64 bytes). The
 * signature covers the domain label, a zero byte and everything before it, so that no message can be taken
 * for one of another kind, and is verified over the raw bytes before the body is parsed (reliability 3.3).
 */
export const envelopeVersion = 1;

/** A message of the whole wire is at most this long; the broker's limit is the same. */
export const messageSizeLimit = 64 * 1024;

const headLength = 10;
const signatureLength = 64;
export const keyIdLength = 8;

/** What a kind of message is: its number, its label in the signature, its largest size and its body. */
export interface MessageKind<Body> {
  readonly number: number;
  readonly label: string;
  readonly sizeLimit: number;
  readonly body: Field<Body>;
}

/** What a message of this kind says. */
export type BodyOf<Kind> = Kind extends MessageKind<infer Body> ? Body : never;

export interface Signer {
  readonly keyId: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Whether `signature` is that of `bytes` under the key of this identifier; false also for a key it does not
 * know.
 */
export type Verify = (keyId: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean;

/** Why a message was not taken; recorded, never answered. */
export type EnvelopeFault = 'oversized' | 'malformed' | 'bad_signature';

export type Opened<Body> =
  | { readonly ok: true; readonly body: Body; readonly keyId: Uint8Array }
  | { readonly ok: false; readonly fault: EnvelopeFault };

/** The bytes of a signed message. Throws CborFault if the body does not fit its kind: a bug of the caller. */
export function sealMessage<Body>(kind: MessageKind<Body>, body: Body, signer: Signer): Uint8Array {
  const written = kind.body.write(body);
  kind.body.read(written);
  const content = joinBytes(Uint8Array.of(envelopeVersion, kind.number), signer.keyId, encodeCbor(written));
  const message = joinBytes(content, signer.sign(signedBytes(kind.label, content)));
  if (message.length > kind.sizeLimit)
    throw new CborFault(`${kind.label} of ${message.length} bytes is too large`);
  return message;
}

/** The kind of a message by its second byte, unverified: only to choose what to open it as. */
export function kindNumberOf(message: Uint8Array): number | undefined {
  return message[0] === envelopeVersion ? message[1] : undefined;
}

/**
 * Opens a message of this kind, in the order size, form, signature over the raw bytes, body. Never throws.
 */
export function openMessage<Body>(
  kind: MessageKind<Body>,
  message: Uint8Array,
  verify: Verify,
): Opened<Body> {
  if (message.length > kind.sizeLimit) return { ok: false, fault: 'oversized' };
  if (message.length <= headLength + signatureLength) return { ok: false, fault: 'malformed' };
  if (kindNumberOf(message) !== kind.number) return { ok: false, fault: 'malformed' };
  const content = message.subarray(0, message.length - signatureLength);
  const keyId = content.slice(2, headLength);
  const signature = message.subarray(message.length - signatureLength);
  if (!verify(keyId, signedBytes(kind.label, content), signature))
    return { ok: false, fault: 'bad_signature' };
  try {
    return { ok: true, body: kind.body.read(decodeCbor(content.subarray(headLength))), keyId };
  } catch (error) {
    if (error instanceof CborFault) return { ok: false, fault: 'malformed' };
    throw error;
  }
}
