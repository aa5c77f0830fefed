import type { LockRules } from '../access/access-list.ts';
import type { KeyType } from '../key.ts';
import { isStaticQrTaken } from './picture.ts';

/** The ways in which a person without an Account shows a Key; `picture` is the static one of its QR. */
export const proofs = ['link', 'pin', 'qr', 'picture', 'card'] as const;
export type Proof = (typeof proofs)[number];

/** Why a proof does not open a lock by itself, whoever shows it. */
export const proofObstacles = [
  'no_keypad',
  'no_qr_reader',
  'no_card_reader',
  'card_numbers_not_taken',
  'assurance_too_low',
] as const;
export type ProofObstacle = (typeof proofObstacles)[number];

/** What a lock says of proofs; `takesCardNumbers` is the leave of its Entity (decision record 0027). */
export interface ProofRules extends Pick<LockRules, 'capabilities' | 'minimumAssurance' | 'takesStaticQr'> {
  readonly takesCardNumbers: boolean;
}

/** What a proof does at a lock: opens it alone, only together with one of others, or not at all. */
export type ProofUse = { readonly proof: Proof } & (
  | { readonly opens: 'alone' }
  | { readonly opens: 'together'; readonly with: readonly Proof[] }
  | { readonly opens: 'never'; readonly obstacle: ProofObstacle }
);

const readerOf = {
  pin: { reader: 'keypad', missing: 'no_keypad' },
  qr: { reader: 'qr_reader', missing: 'no_qr_reader' },
  picture: { reader: 'qr_reader', missing: 'no_qr_reader' },
  card: { reader: 'card_reader', missing: 'no_card_reader' },
} as const;

/** SEMANTICS M1, C6, M8: what keeps it off whatever is shown with it. */
function refusalOf(proof: Proof, type: KeyType, lock: ProofRules): ProofObstacle | undefined {
  if (proof === 'link') return undefined;
  const { reader, missing } = readerOf[proof];
  if (!lock.capabilities.includes(reader)) return missing;
  if (proof === 'card' && !lock.takesCardNumbers) return 'card_numbers_not_taken';
  return proof === 'picture' && !isStaticQrTaken(type, lock) ? 'assurance_too_low' : undefined;
}

const ranks = { low: 0, medium: 1, high: 2 } as const;

/** SEMANTICS M5: what each proves by itself; a card is a bare number here. */
const rankOf: Readonly<Record<Proof, number>> = {
  link: ranks.low,
  pin: ranks.low,
  qr: ranks.medium,
  picture: ranks.low,
  card: ranks.low,
};

/**
 * What keeps a proof of a Key of this type from opening the lock by itself (SEMANTICS M1, M5, M8), so that
 * nobody hands one on in vain; undefined where the rules take it.
 */
export function proofObstacle(proof: Proof, type: KeyType, lock: ProofRules): ProofObstacle | undefined {
  const refusal = refusalOf(proof, type, lock);
  if (refusal !== undefined) return refusal;
  return rankOf[proof] >= ranks[lock.minimumAssurance] ? undefined : 'assurance_too_low';
}

/** One is a second factor for the other where both come from a reader, and each from one of its own. */
function areTwoFactors(one: Proof, other: Proof): boolean {
  return one !== 'link' && other !== 'link' && readerOf[one].reader !== readerOf[other].reader;
}

/**
 * What each proof that a Key of this type holds does at a lock, by what the lock asks for (SEMANTICS M5).
 * What opens alone completes no other: nobody needs both.
 */
export function proofsAt(held: readonly Proof[], type: KeyType, lock: ProofRules): ProofUse[] {
  const weak = held.filter(
    (proof) => refusalOf(proof, type, lock) === undefined && proofObstacle(proof, type, lock) !== undefined,
  );
  const areEnough = (one: Proof, other: Proof): boolean =>
    areTwoFactors(one, other) && Math.max(rankOf[one], rankOf[other]) + 1 >= ranks[lock.minimumAssurance];
  return held.map((proof): ProofUse => {
    const obstacle = proofObstacle(proof, type, lock);
    if (obstacle === undefined) return { proof, opens: 'alone' };
    const completing = weak.includes(proof) ? weak.filter((other) => areEnough(proof, other)) : [];
    if (completing.length > 0) return { proof, opens: 'together', with: completing };
    return { proof, opens: 'never', obstacle };
  });
}
