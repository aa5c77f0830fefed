import { useSyncExternalStore } from 'react';
import { baseLocale, isLocale, locales, overwriteGetLocale } from '../../generated/messages/runtime.js';

export type Locale = (typeof locales)[number];

/** What each language calls itself. */
export const languageNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  zh: '简体中文',
};

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);
const storageKey = 'claviger-language';
const listeners = new Set<() => void>();

let current: Locale = baseLocale;

/** The language for somebody who chose `chosen` (or nothing) and whose browser prefers these, best first. */
export function localeFor(chosen: string | null, preferred: readonly string[]): Locale {
  if (isLocale(chosen)) return chosen;
  const languages = preferred.map((tag) => tag.split('-')[0]);
  return languages.find((language): language is Locale => isLocale(language)) ?? baseLocale;
}

/** The tag to format with: the browser's own region of this language, such as `en-GB` for English. */
export function regionalTag(locale: Locale, preferred: readonly string[]): string {
  const fitting = preferred.filter((tag) => tag === locale || tag.startsWith(`${locale}-`));
  return fitting.find(isLanguageTag) ?? locale;
}

/** A browser may be started with the system's own name of its language, such as `en-US@posix`. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function apply(locale: Locale): void {
  current = locale;
  document.documentElement.lang = locale;
  document.documentElement.dir = rightToLeft.has(locale) ? 'rtl' : 'ltr';
}

/** Call once before the first message is read: takes the chosen language, else the browser's. */
export function startLanguage(): void {
  overwriteGetLocale(() => current);
  apply(localeFor(localStorage.getItem(storageKey), navigator.languages));
}

/** Changes the language of this browser, now and for later visits. */
export function chooseLanguage(locale: Locale): void {
  localStorage.setItem(storageKey, locale);
  apply(locale);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language of the page; whatever shows messages under it must be drawn again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, () => current);
}

export { isLocale, locales };
