import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { encodeCbor } from '@claviger/protocol';

/** What a browser was told. */
interface Question {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id: string };
}

interface Manner {
  /** Whether the person was verified (a finger, a PIN); a mere touch where not. */
  readonly isVerified?: boolean;
  readonly origin?: string;
  /** Another question than the one that was asked. */
  readonly challenge?: string;
}

const userPresent = 1;
const userVerified = 4;
const hasCredential = 64;

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** COSE_Key of an elliptic key on P-256 (RFC 9053 7.1.1): kty 2, alg -7, crv 1, x, y. */
function coseOf(jwk: { x?: string; y?: string }): Uint8Array {
  const text = (part: string | undefined): Uint8Array =>
    Uint8Array.from(Buffer.from(part ?? '', 'base64url'));
  const [x, y] = [text(jwk.x), text(jwk.y)];
  return Uint8Array.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, ...x, 0x22, 0x58, 32, ...y]);
}

/** A passkey in software, as WebAuthn Level 3 describes one without attestation. */
export class SoftwarePasskey {
  readonly #id = randomBytes(16);
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;

  /** The answer to a question that makes a passkey. */
  create(question: Question, manner: Manner = {}) {
    const cose = coseOf(this.#key.publicKey.export({ format: 'jwk' }));
    const length = Buffer.from([0, this.#id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, cose]);
    const data = Buffer.concat([this.#authenticatorData(question, manner, hasCredential), credential]);
    const attestation = attestationOf(data);
    return this.#answer({
      clientDataJSON: base64url(clientData('webauthn.create', question, manner)),
      attestationObject: base64url(attestation),
      transports: ['internal'],
    });
  }

  /** The answer to a question that signs in. */
  get(question: Question, manner: Manner = {}) {
    const data = this.#authenticatorData(question, manner);
    const client = clientData('webauthn.get', question, manner);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#key.privateKey);
    return this.#answer({
      clientDataJSON: base64url(client),
      authenticatorData: base64url(data),
      signature: base64url(signature),
    });
  }

  #answer<Response>(response: Response) {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key' as const, response };
  }

  #authenticatorData({ rpId, rp }: Question, { isVerified = true }: Manner, more = 0): Buffer {
    this.#counter += 1;
    const head = Buffer.alloc(5);
    head.writeUInt8(userPresent | (isVerified ? userVerified : 0) | more);
    head.writeUInt32BE(this.#counter, 1);
    return Buffer.concat([sha256(rpId ?? rp?.id ?? ''), head]);
  }
}

/** `{ fmt: 'none', attStmt: {}, authData }` in CBOR. */
function attestationOf(data: Uint8Array): Buffer {
  const entry = (name: string, value: Uint8Array): Uint8Array[] => [encodeCbor(name), value];
  return Buffer.concat([
    Buffer.from([0xa3]),
    ...entry('fmt', encodeCbor('none')),
    ...entry('attStmt', Uint8Array.of(0xa0)),
    ...entry('authData', encodeCbor(Uint8Array.from(data))),
  ]);
}

function clientData(type: string, question: Question, { origin, challenge }: Manner): Buffer {
  const told = {
    type,
    challenge: challenge ?? question.challenge,
    origin: origin ?? 'http://localhost:3000',
  };
  return Buffer.from(JSON.stringify({ ...told, crossOrigin: false }));
}
