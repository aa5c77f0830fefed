import { createHash, randomBytes } from 'node:crypto';
import { openField, sealField, type Secret } from '../../platform/secrets/index.ts';
import { sealedDigestPlace } from '../access-lists/index.ts';

const tokenLength = 16;

/** A new token of a Key's page: 128 bits, base64url. */
export function drawToken(): string {
  return randomBytes(tokenLength).toString('base64url');
}

/** All that finds a Key by its token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The page of a Key; the token is in the fragment, which no browser sends. */
export function linkOf(publicOrigin: string, token: string): string {
  return `${publicOrigin}/k#${token}`;
}

function secretPlace(credentialId: string) {
  return { table: 'credentials', column: 'sealed_secret', rowId: credentialId };
}

/** Seals the digits of a PIN or the token of a link for the row of its credential. */
export function sealSecret(sealingKey: Secret, credentialId: string, secret: string): Buffer {
  return sealField(sealingKey, secretPlace(credentialId), new TextEncoder().encode(secret));
}

/** What `sealSecret` sealed. */
export function openSecret(sealingKey: Secret, credentialId: string, sealed: Uint8Array): string {
  return new TextDecoder().decode(openField(sealingKey, secretPlace(credentialId), sealed));
}

export function sealDigest(sealingKey: Secret, credentialId: string, digest: Uint8Array): Buffer {
  return sealField(sealingKey, sealedDigestPlace(credentialId), digest);
}
