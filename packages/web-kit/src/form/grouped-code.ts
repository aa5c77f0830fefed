/** What a person typed so far, and where the caret stands in it. */
export interface Typing {
  readonly value: string;
  readonly caret: number;
}

/**
 * A Matter QR text has its own dashes and dots, and letter case matters little but grouping would break it.
 */
const matterQrText = /^\s*MT:?/i;

/** Whatever longer is typed is not grouped any more; the longest code has 21 digits. */
const groupedUpTo = 32;

/**
 * Puts what was typed or pasted into capitals and groups of four, as it is printed on labels, and keeps the
 * caret behind the same character. Spaces and dashes may be typed or left out. A Matter QR text stays as it
 * is.
 */
export function groupAsTyped({ value, caret }: Typing): Typing {
  if (matterQrText.test(value)) return { value, caret };
  const bare = bareOf(value);
  if (bare.length > groupedUpTo) return { value, caret };
  const before = bareOf(value.slice(0, caret)).length;
  const isAtEnd = before === bare.length;
  const grouped = grouping(bare);
  return { value: grouped, caret: isAtEnd ? grouped.length : grouping(bare.slice(0, before)).length };
}

function bareOf(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

function grouping(bare: string): string {
  return bare.replace(/.{4}(?=.)/g, '$&-');
}
