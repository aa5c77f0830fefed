import { useEffect } from 'react';

type Slot = 'page' | 'dialog';

const titles: Record<Slot, string> = { page: '', dialog: '' };

function show(): void {
  document.title = titles.dialog === '' ? titles.page : titles.dialog;
}

function useTitle(slot: Slot, parts: readonly string[]): void {
  const title = [...parts, 'Claviger'].join(' · ');
  useEffect(() => {
    titles[slot] = title;
    show();
    return () => {
      if (titles[slot] === title) titles[slot] = '';
      show();
    };
  }, [slot, title]);
}

/** Names the page in the title of the browser, most special part first. */
export function usePageTitle(...parts: readonly string[]): void {
  useTitle('page', parts);
}

/** Names the dialog over the page in the title of the browser, until it closes. */
export function useDialogTitle(...parts: readonly string[]): void {
  useTitle('dialog', parts);
}
