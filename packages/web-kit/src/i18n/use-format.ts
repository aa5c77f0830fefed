import { useMemo } from 'react';
import { createFormat, type Format } from './format.ts';
import { regionalTag } from './locale.ts';
import { useLocale } from './use-locale.ts';

/** The formats of the page's language in the time zone of an Entity. */
export function useFormat(zone: string): Format {
  const locale = useLocale();
  return useMemo(() => createFormat(regionalTag(locale, navigator.languages), zone), [locale, zone]);
}
