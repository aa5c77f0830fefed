import type { Key } from '@claviger/protocol';
import { type Format, m } from '@claviger/web-kit';

/** From when until when a Key is valid, in the words of its page; empty where nothing bounds it. */
export function spanText(
  { validFrom, validUntil }: Pick<Key, 'validFrom' | 'validUntil'>,
  format: Format,
): string {
  const from = validFrom === undefined ? undefined : format.minute(validFrom);
  const until = validUntil === undefined ? undefined : format.minute(validUntil);
  if (from !== undefined && until !== undefined) return m.guest_page_span({ from, until });
  if (from !== undefined) return m.guest_page_from({ from });
  return until === undefined ? '' : m.guest_page_until({ until });
}
