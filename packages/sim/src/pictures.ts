import {
  qrBody,
  qrKeyTag,
  qrLockTag,
  qrProofBytes,
  qrSignedBytes,
  qrStepMs,
  qrStepSecret,
  qrText,
  type QrContent,
} from '@claviger/protocol';
import { doorKeys } from './box.ts';
import { hashOf, hmac, seededKey, type SeededKey } from './crypto.ts';

/** Who signs the QRs of a virtual world. */
export const theIssuer = seededKey('issuer');

export function keyIdOfIssuer({ publicKey }: SeededKey): Uint8Array {
  return hashOf(publicKey).slice(0, 2);
}

export const issuerKeyId = keyIdOfIssuer(theIssuer);

/** A picture of a Key; left out: a moving one of issue 1 that names no lock, without a rule of its own. */
export interface Picture {
  readonly key: string;
  readonly at: number;
  readonly issuer?: SeededKey;
  /** The secret of the Entity that a moving one proves its steps with. */
  readonly qrSecret?: Uint8Array;
  readonly content?: Partial<QrContent>;
  readonly locks?: readonly string[];
}

/** The text of a picture as the holder's device shows it at `at`. */
export function pictureText(picture: Picture): string {
  const { key, at, issuer = theIssuer, qrSecret = doorKeys.qrSecret, content, locks = [] } = picture;
  const full: QrContent = {
    keyType: 'staff',
    keyTag: qrKeyTag(key),
    issue: 1,
    signedAt: at,
    isStatic: false,
    rule: undefined,
    lockTags: locks.map(qrLockTag),
    ...content,
  };
  const body = qrBody(full, keyIdOfIssuer(issuer));
  const signature = issuer.sign(qrSignedBytes(body));
  if (full.isStatic) return qrText(body, signature);
  const step = Math.floor(at / qrStepMs);
  const secret = qrStepSecret(full.keyTag, { qrSecret, hmac });
  return qrText(body, signature, { step, proof: hmac(secret, qrProofBytes(body, step)).slice(0, 8) });
}
