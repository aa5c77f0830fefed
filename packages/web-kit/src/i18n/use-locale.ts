import { useSyncExternalStore } from 'react';
import { type Locale, onLanguageChange, pageLocale } from './locale.ts';

/** The language of the page; whatever shows messages under it must be drawn again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(onLanguageChange, pageLocale);
}
