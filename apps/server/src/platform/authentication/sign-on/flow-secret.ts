import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits. */
const secretLength = 32;

/** What a browser keeps in a cookie while its person is at the provider. */
export function newFlowSecret(): string {
  return randomBytes(secretLength).toString('base64url');
}

/** What the database keeps of it: whoever reads that can go on with no sign-in. */
export function flowHash(flowSecret: string): Uint8Array {
  return createHash('sha256').update(flowSecret).digest();
}

/** What the provider is told and asked for; nobody finds one of them from another. */
export interface Drawn {
  /** Begins with what the sign-in is for, by which the page that it comes back to knows what to do. */
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Draws all that one sign-in needs from its secret. */
export function drawnFrom(flowSecret: string, purpose: string): Drawn {
  const drawn = (name: string): string => createHmac('sha256', flowSecret).update(name).digest('base64url');
  return {
    state: `${purpose}.${drawn(`state ${purpose}`)}`,
    nonce: drawn('nonce'),
    verifier: drawn('verifier'),
  };
}
