import { proofsAt, type KeyType, type Proof, type ProofUse } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { proofRulesOf, type LockLeaves } from '../../access-lists/index.ts';

/** What a Key has to be shown with, beside its link and its QR. */
export interface Held {
  readonly type: KeyType;
  readonly hasPin: boolean;
  readonly hasPicture: boolean;
  readonly hasCard: boolean;
}

/** What each proof of this Key does at a lock, by what is wanted there now. */
export function proofUses({ type, hasPin, hasPicture, hasCard }: Held, lock: LockLeaves): ProofUse[] {
  const held: readonly (Proof | false)[] = [
    'link',
    hasPin && 'pin',
    'qr',
    hasPicture && 'picture',
    hasCard && 'card',
  ];
  return proofsAt(
    held.filter((proof) => proof !== false),
    type,
    proofRulesOf(lock),
  );
}

/** Whether this proof opens one of the locks, alone or with another. */
export function isUseful(uses: readonly ProofUse[], proof: Proof): boolean {
  return uses.some((use) => use.proof === proof && use.opens !== 'never');
}

/**
 * Refuses invalid_input beside the field (nothing_opens) where nothing that the Key has would open its lock:
 * nobody is handed a Key in vain.
 */
export function assertSomethingOpens(uses: readonly ProofUse[], field: string): void {
  if (uses.some(({ opens }) => opens !== 'never')) return;
  throw new Refusal('invalid_input', { issues: [{ path: field, problem: 'nothing_opens' }] });
}
