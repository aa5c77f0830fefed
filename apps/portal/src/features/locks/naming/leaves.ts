import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';

/** What a lock asks of a credential, and what its Entity allows there although it can be copied. */
export type Leaves = Pick<Lock, 'minimumAssurance' | 'takesStaticQr' | 'takesCardNumbers'>;

interface AssuranceText {
  readonly name: () => string;
  /** What a lock that asks for it takes. */
  readonly takes: () => string;
}

export const assuranceTexts: Readonly<Record<Lock['minimumAssurance'], AssuranceText>> = {
  low: { name: m.assurance_low, takes: m.assurance_low_takes },
  medium: { name: m.assurance_medium, takes: m.assurance_medium_takes },
  high: { name: m.assurance_high, takes: m.assurance_high_takes },
};

/** The leaves of a lock alone. */
export function leavesOf({ minimumAssurance, takesStaticQr, takesCardNumbers }: Leaves): Leaves {
  return { minimumAssurance, takesStaticQr, takesCardNumbers };
}

const assuranceNames: Readonly<Record<Exclude<Lock['minimumAssurance'], 'low'>, () => string>> = {
  medium: m.lock_assurance_medium,
  high: m.lock_assurance_high,
};

/** What differs from a lock that nobody has edited, in a few words each. */
export function leavesFacts({ minimumAssurance, takesStaticQr, takesCardNumbers }: Leaves): string[] {
  return [
    ...(minimumAssurance === 'low' ? [] : [assuranceNames[minimumAssurance]()]),
    ...(takesCardNumbers ? [m.lock_takes_card_numbers()] : []),
    ...(takesStaticQr ? [m.lock_takes_static_qr()] : []),
  ];
}
