import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { assuranceTexts, type Leaves, leavesOf } from './leaves.ts';

/** What Edit changes of a lock. */
export type Edited = Leaves & Pick<Lock, 'name' | 'location'>;
export type EditedField = keyof Edited;

/** What a person has changed, and what stood there when they did; all the rest follows the lock. */
export interface LockDraft {
  readonly typed: Partial<Edited>;
  readonly seen: Partial<Edited>;
}

export const emptyDraft: LockDraft = { typed: {}, seen: {} };

function editedOf(lock: Edited): Edited {
  const { name, location } = lock;
  return { name, location, ...leavesOf(lock) };
}

/** What the form shows: what was typed, and the lock as it is now. */
export function shownIn({ typed }: LockDraft, lock: Edited): Edited {
  return { ...editedOf(lock), ...typed };
}

/** The draft after some fields were changed; what a field said at its first change counts as seen. */
export function withTyped({ typed, seen }: LockDraft, change: Partial<Edited>, lock: Edited): LockDraft {
  const before = Object.entries(editedOf(lock)).filter(([field]) => field in change);
  return { typed: { ...typed, ...change }, seen: { ...Object.fromEntries(before), ...seen } };
}

/** The draft of somebody who was told what the lock says now: saving again is then a choice. */
export function afterTelling({ typed }: LockDraft, lock: Edited): LockDraft {
  return { typed, seen: editedOf(lock) };
}

/** What Save sends: what the person changed and the lock does not say already. */
export function changeOf({ typed }: LockDraft, lock: Edited): Partial<Edited> {
  const trimmed = {
    ...typed,
    ...(typed.name !== undefined && { name: typed.name.trim() }),
    ...(typed.location !== undefined && { location: typed.location.trim() }),
  };
  const fields = Object.keys(trimmed) as EditedField[];
  return Object.fromEntries(
    fields.filter((field) => trimmed[field] !== lock[field]).map((field) => [field, trimmed[field]]),
  );
}

/** The fields that this person changed and somebody else has made something else of meanwhile. */
export function overtakenFields(draft: LockDraft, lock: Edited): EditedField[] {
  const fields = Object.keys(changeOf(draft, lock)) as EditedField[];
  return fields.filter((field) => lock[field] !== draft.seen[field]);
}

/** What a lock says now, a sentence for each thing that Edit changes. */
const sentences: Readonly<Record<EditedField, (now: Edited) => string>> = {
  name: ({ name }) => m.lock_now_called({ name }),
  location: ({ location }) => (location === '' ? m.lock_now_nowhere() : m.lock_now_at({ location })),
  minimumAssurance: ({ minimumAssurance }) =>
    m.lock_now_asks({ level: assuranceTexts[minimumAssurance].name() }),
  takesCardNumbers: ({ takesCardNumbers }) =>
    takesCardNumbers ? m.lock_now_takes_cards() : m.lock_now_no_cards(),
  takesStaticQr: ({ takesStaticQr }) =>
    takesStaticQr ? m.lock_now_takes_static_qr() : m.lock_now_no_static_qr(),
};

/** What these fields say now, in sentences. */
export function presentValues(fields: readonly EditedField[], now: Edited): string {
  return fields.map((field) => sentences[field](now)).join(' ');
}
