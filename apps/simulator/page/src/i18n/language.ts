import { pageTag, startLanguage } from '@claviger/web-kit';
import { baseLocale, isLocale, overwriteGetLocale } from '../../generated/messages/runtime.js';

/** Call once before the first message is read: the messages of the street follow the language of the page. */
export function startStreetLanguage(): void {
  startLanguage();
  overwriteGetLocale(pageLocale);
}

function pageLocale() {
  const { lang } = document.documentElement;
  return isLocale(lang) ? lang : baseLocale;
}

/** The time of an instant with its seconds, on this computer's clock and in the language of the page. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(pageTag(), { timeStyle: 'medium' }).format(at);
}
