import { proofObstacle } from '@claviger/domain';
import { qrText, Refusal } from '@claviger/protocol';
import { proofRulesOf } from '../../access-lists/index.ts';
import type { KeyParts } from '../parts.ts';
import type { HeldKey, KeyPlace } from '../store.ts';
import { signedQr } from './qr.ts';

/** Whether a static picture was shared of the QR that the Key has now. */
export function hasPicture({ issue, pictureIssue }: Pick<HeldKey, 'issue' | 'pictureIssue'>): boolean {
  return pictureIssue === issue;
}

/**
 * Refuses invalid_input, beside the field that asked for it, where a static picture would open nothing:
 * no_qr_reader, assurance_too_low.
 */
export function assertPictureTaken(place: KeyPlace, field: string): void {
  const problem = proofObstacle('picture', 'guest', proofRulesOf(place));
  if (problem !== undefined) throw new Refusal('invalid_input', { issues: [{ path: field, problem }] });
}

/**
 * The text in the static picture that was shared last, or undefined where none still opens. It is signed as
 * of the sharing, so that showing it again is no newer picture.
 */
export function pictureOf(
  key: HeldKey,
  place: { readonly entityId: string; readonly lockIds: readonly string[] },
  { issuerOf }: Pick<KeyParts, 'issuerOf'>,
): string | undefined {
  if (!hasPicture(key) || key.pictureAt === null) return undefined;
  const { body, signature } = signedQr(key, { ...place, isStatic: true, signedAt: key.pictureAt }, issuerOf);
  return qrText(body, signature);
}
