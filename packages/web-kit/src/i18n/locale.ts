import { formsOf } from '@claviger/protocol';
import { baseLocale, isLocale, locales, overwriteGetLocale } from '../../generated/messages/runtime.js';
import { knownTag } from './language-tag.ts';

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

/** The tag to format with: the browser's region of this language, such as `en-US`, else `formsOf`. */
export function regionalTag(locale: Locale, preferred: readonly string[]): string {
  const regional = preferred.filter((tag) => tag.startsWith(`${locale}-`));
  return regional.find((tag) => knownTag(tag) !== undefined) ?? formsOf(locale);
}

function apply(locale: Locale): void {
  current = locale;
  document.documentElement.lang = locale;
  document.documentElement.dir = rightToLeft.has(locale) ? 'rtl' : 'ltr';
}

/** The tag that this page formats and orders with now. */
export function pageTag(): string {
  return regionalTag(current, navigator.languages);
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

/** The language of the page now. */
export function pageLocale(): Locale {
  return current;
}

/** Calls `listener` when the language of the page changes, until the returned function is called. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export { isLocale, locales };
