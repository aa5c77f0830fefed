import { createHash, randomBytes } from 'node:crypto';

const tokenLength = 16;

/** A new token of an invitation: 128 bits, base64url. */
export function drawToken(): string {
  return randomBytes(tokenLength).toString('base64url');
}

/** All that finds an invitation by its token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The page of an invitation; the token is in the fragment, which no browser sends. */
export function linkOf(publicOrigin: string, token: string): string {
  return `${publicOrigin}/invitation#${token}`;
}
