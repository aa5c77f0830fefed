import type { Proof, ProofUse } from '@claviger/domain';
import type { Key } from '@claviger/protocol';
import { type Format, m, methodWords } from '@claviger/web-kit';

const proofNames: Readonly<Record<Proof, () => string>> = {
  link: m.proof_open,
  pin: methodWords.pin,
  qr: methodWords.qr,
  picture: m.method_picture,
  card: methodWords.card,
};

/** The names of what completes a proof: `PIN or card`. */
export function completing(others: readonly Proof[], format: Format): string {
  return format.or(others.map((proof) => proofNames[proof]()));
}

const order: Readonly<Record<ProofUse['opens'], number>> = { alone: 0, together: 1, never: 2 };

/** The best that a proof of a Key does at its locks; undefined where it has none such. */
export function bestUse({ bindings }: Pick<Key, 'bindings'>, proof: Proof): ProofUse | undefined {
  const uses = bindings.flatMap(({ proofs }) => proofs).filter((use) => use.proof === proof);
  return uses.sort((one, other) => order[one.opens] - order[other.opens])[0];
}

/** Whether nothing of a Key opens any of its locks. */
export function isUseless({ bindings }: Pick<Key, 'bindings'>): boolean {
  return bindings.every(({ proofs }) => proofs.every(({ opens }) => opens === 'never'));
}

/** What of a Key a lock does not take, or only two together, in sentences; none where it takes everything. */
export function proofFacts(uses: readonly ProofUse[], format: Format): string[] {
  const weak = uses.filter((use) => use.opens === 'never' && use.obstacle === 'assurance_too_low');
  const paired = uses.filter(({ opens }) => opens === 'together');
  const names = (some: readonly ProofUse[]): string =>
    format.and(some.map(({ proof }) => proofNames[proof]()));
  return [
    ...(uses.every(({ opens }) => opens === 'never') ? [m.key_nothing_opens()] : []),
    ...(weak.length > 0 ? [m.key_too_weak({ proofs: names(weak) })] : []),
    ...(paired.length > 0 ? [m.key_only_together({ proofs: names(paired) })] : []),
  ];
}

/** The card of a Key by its end, and what its locks make of it. */
export function cardText(shown: Pick<Key, 'bindings'>, ending: string, format: Format): string {
  const use = bestUse(shown, 'card');
  if (use?.opens === 'together') {
    return m.card_ending_together({ ending, proofs: completing(use.with, format) });
  }
  if (use?.opens !== 'never') return m.card_ending({ ending });
  if (use.obstacle === 'card_numbers_not_taken') return m.card_ending_not_taken({ ending });
  const isReaderThere = use.obstacle === 'assurance_too_low';
  return isReaderThere ? m.card_ending_too_weak({ ending }) : m.card_ending_no_reader({ ending });
}

/** The static picture of a Key that was shared last, and whether it opens. */
export function pictureText(shown: Pick<Key, 'bindings' | 'picture'>, format: Format): string {
  const { picture } = shown;
  if (!picture) return '';
  const moment = format.minute(picture.sharedAt);
  if (!picture.isCurrent) return m.picture_ended({ moment });
  const use = bestUse(shown, 'picture');
  if (use?.opens === 'never') return m.picture_shared_too_weak({ moment });
  if (use?.opens !== 'together') return m.picture_shared({ moment });
  return m.picture_shared_together({ moment, proofs: completing(use.with, format) });
}
