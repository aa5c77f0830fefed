import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { assuranceTexts, type Leaves } from './leaves.ts';

/** What Edit changes of a lock. */
type Edited = Leaves & Pick<Lock, 'name' | 'location'>;

/** What a lock says now, a sentence for each thing that this page changes. */
const sentences: Readonly<Record<keyof Edited, (now: Edited) => string>> = {
  name: ({ name }) => m.lock_now_called({ name }),
  location: ({ location }) => (location === '' ? m.lock_now_nowhere() : m.lock_now_at({ location })),
  minimumAssurance: ({ minimumAssurance }) =>
    m.lock_now_asks({ level: assuranceTexts[minimumAssurance].name() }),
  takesCardNumbers: ({ takesCardNumbers }) =>
    takesCardNumbers ? m.lock_now_takes_cards() : m.lock_now_no_cards(),
  takesStaticQr: ({ takesStaticQr }) =>
    takesStaticQr ? m.lock_now_takes_static_qr() : m.lock_now_no_static_qr(),
};
const edited = Object.keys(sentences) as (keyof Edited)[];

/** What somebody else made of a lock meanwhile, in sentences; none where all of it is as it was. */
export function changesOf(opened: Edited, now: Edited): string[] {
  return edited.filter((name) => now[name] !== opened[name]).map((name) => sentences[name](now));
}
