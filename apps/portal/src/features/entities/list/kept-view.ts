/** Cards or rows. */
export type View = 'cards' | 'list';

const storageKey = 'claviger-entities-view';

/** How this browser showed Entities last. */
export function keptView(): View {
  return localStorage.getItem(storageKey) === 'list' ? 'list' : 'cards';
}

export function keepView(view: View): void {
  localStorage.setItem(storageKey, view);
}
