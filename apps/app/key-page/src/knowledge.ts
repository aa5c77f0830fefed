import type { KeyCommand, ShownKey } from '@claviger/protocol';
import type { Answer } from './ask.ts';

const secondMs = 1_000;

/** What the page knows of its Key, and how it came to know it. */
export interface Knowledge {
  readonly shown: ShownKey;
  /** By this device's clock; how far that clock is off follows. */
  readonly loadedAt: number;
  /** The newest question was not answered, so that what is shown may be old. */
  readonly isSilent: boolean;
  /** By this device's clock: the server wants no question before. */
  readonly waitUntil: number;
}

/** What the page knows from its first answer on. */
export function firstKnowledge(shown: ShownKey, at: number): Knowledge {
  return { shown, loadedAt: at, isSilent: false, waitUntil: 0 };
}

type Uses = NonNullable<KeyCommand['uses']>;

/** What was spent stays spent (SEMANTICS U2): an answer that a newer one overtook gives none back. */
function leftAfter(known: Uses, told: Uses): number {
  return Math.max(0, told.max - Math.max(known.max - known.left, told.max - told.left));
}

function usesAt({ maxUses: max, locks }: ShownKey, lockId: string): Uses | undefined {
  const left = locks.find(({ id }) => id === lockId)?.usesLeft;
  return max === undefined || left === undefined ? undefined : { left, max };
}

/** This Key with no more uses left than were known already. */
function withKnownUses(told: ShownKey, known: ShownKey): ShownKey {
  const locks = told.locks.map((lock) => {
    const [before, now] = [usesAt(known, lock.id), usesAt(told, lock.id)];
    return before && now ? { ...lock, usesLeft: leftAfter(before, now) } : lock;
  });
  return { ...told, locks };
}

/** What the page knows after an answer about its Key that came at `at`. */
export function afterAnswer(known: Knowledge, answer: Answer<ShownKey>, at: number): Knowledge {
  if (answer.kind === 'told') return firstKnowledge(withKnownUses(answer.value, known.shown), at);
  if (answer.kind === 'silent') return { ...known, isSilent: true };
  const { code, retryAfterS } = answer;
  if (code === 'not_found') {
    return { ...known, isSilent: false, shown: { ...known.shown, status: 'revoked' } };
  }
  return retryAfterS === undefined
    ? { ...known, isSilent: true }
    : { ...known, isSilent: false, waitUntil: at + retryAfterS * secondMs };
}

/** What the page knows after an answer about an opening at this lock: the uses that are left. */
export function afterOpening(
  known: Knowledge,
  { lockId, uses }: Pick<KeyCommand, 'lockId' | 'uses'>,
): Knowledge {
  const before = usesAt(known.shown, lockId);
  if (!before || !uses) return known;
  const usesLeft = leftAfter(before, { left: before.max - (uses.max - uses.left), max: before.max });
  const locks = known.shown.locks.map((lock) => (lock.id === lockId ? { ...lock, usesLeft } : lock));
  return { ...known, shown: { ...known.shown, locks } };
}

/** Whole seconds until the server wants to be asked again; 0 when it does. */
export function waitS({ waitUntil }: Pick<Knowledge, 'waitUntil'>, at: number): number {
  return Math.max(0, Math.ceil((waitUntil - at) / secondMs));
}
