import { qrModules } from '@claviger/web-kit';
import { qrProofBytes, qrStepMs, qrText, type ShownKey } from '@claviger/protocol';

const proofLength = 8;

type SignedQr = NonNullable<ShownKey['qr']>;

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The number of the 30-second step in which this instant lies. */
export function stepAt(now: number): number {
  return Math.floor(now / qrStepMs);
}

/**
 * The text of a Key's QR in one step, made without a network: the signed body, and the proof that this page
 * holds the secret of its steps.
 */
export async function qrTextAt({ body, signature, stepSecret }: SignedQr, step: number): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(stepSecret), algorithm, false, ['sign']);
  const signedBody = bytesOf(body);
  const proof = await crypto.subtle.sign(algorithm, key, qrProofBytes(signedBody, step));
  return qrText(signedBody, bytesOf(signature), { step, proof: new Uint8Array(proof, 0, proofLength) });
}

/** A QR code as the path of a drawing, one unit a module, and how many modules it is wide. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const modules = qrModules(text);
  const rows = modules.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''));
  return { size: modules.length, path: rows.join('') };
}
