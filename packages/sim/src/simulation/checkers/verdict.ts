import type { Invariant } from '../options.ts';
import type { Observe } from '../street/observation.ts';
import type { Street } from '../street/street.ts';
import type { Sometimes } from '../sometimes.ts';

/** What a checker is given. Nothing that it says comes from the rules, the agent or the authority. */
export interface CheckerParts {
  readonly street: Street;
  readonly now: () => number;
  /** Something is not as it must be. */
  readonly fail: (invariant: Invariant, text: string) => void;
  readonly count: (what: Sometimes) => void;
  /** Whether the server has signed exactly this message. */
  readonly isSigned: (message: Uint8Array) => boolean;
}

/** Looks on, keeps books of its own, and says what is not as it must be. */
export type Checker = (parts: CheckerParts) => Observe;

/** Bytes as a name in a book. */
export function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Everything that the server has signed. */
export function createSignedBook(): {
  readonly observe: Observe;
  readonly isSigned: CheckerParts['isSigned'];
} {
  const signed = new Set<string>();
  return {
    observe: (seen) => {
      if (seen.type === 'signed') signed.add(nameOf(seen.letter.message));
    },
    isSigned: (message) => signed.has(nameOf(message)),
  };
}
