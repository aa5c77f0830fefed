import type { Proof, ProofUse } from '@claviger/domain';
import type { ShownKey } from '@claviger/protocol';

const order: Readonly<Record<ProofUse['opens'], number>> = { alone: 0, together: 1, never: 2 };

/** The best that a proof does at these locks; undefined where the Key has none such. */
export function bestUse({ locks }: Pick<ShownKey, 'locks'>, proof: Proof): ProofUse | undefined {
  const uses = locks.flatMap(({ proofs }) => proofs).filter((use) => use.proof === proof);
  return uses.sort((one, other) => order[one.opens] - order[other.opens])[0];
}

/** Whether a proof opens by itself. */
export function isEnough(use: ProofUse | undefined): boolean {
  return use?.opens === 'alone';
}

/** Whether it opens together with this other one. */
export function opensWith(use: ProofUse | undefined, other: Proof): boolean {
  return use?.opens === 'together' && use.with.includes(other);
}

/** Whether the reader is there and the lock asks for more: people have it in their hands and wonder. */
export function isTooWeak(use: ProofUse | undefined): boolean {
  return use?.opens === 'never' && use.obstacle === 'assurance_too_low';
}

/** What opens a lock instead of **Open** on the page; undefined where that does. */
export function insteadOfOpen(
  lock: Pick<ShownKey['locks'][number], 'proofs'>,
): 'qr' | 'qr_and_pin' | 'two' | 'nothing' | undefined {
  const use = (proof: Proof): ProofUse | undefined => lock.proofs.find((one) => one.proof === proof);
  if (isEnough(use('link'))) return undefined;
  if (isEnough(use('qr'))) return 'qr';
  if (opensWith(use('qr'), 'pin')) return 'qr_and_pin';
  return lock.proofs.some(({ opens }) => opens === 'together') ? 'two' : 'nothing';
}
