/** The section that follows `g`, by its key; the sheet of shortcuts is drawn from the same list. */
export const goKeys = {
  d: 'dashboard',
  e: 'entities',
  u: 'users',
  k: 'keys',
  l: 'devices',
  a: 'logs',
  s: 'settings',
} as const;
export type GoKey = keyof typeof goKeys;

/** What a key asks for. */
export type Asked =
  | { readonly kind: 'palette' | 'filter' | 'help' }
  | { readonly kind: 'go'; readonly section: (typeof goKeys)[GoKey] }
  /** The first key of two. */
  | { readonly kind: 'began' };

/** So long a second key is waited for. */
export const sequenceMs = 1_500;

/** A key as a page hears it. */
export interface Pressed {
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly hasCommand: boolean;
  /** With Alt, or Ctrl and ⌘ of another meaning: the browser's own. */
  readonly hasAlt: boolean;
  /** Somebody is typing a text. */
  readonly isTyping: boolean;
  /** When `g` was pressed before it, and at what time this is. */
  readonly beganAt: number | undefined;
  readonly at: number;
}

function isGoKey(key: string): key is GoKey {
  return Object.hasOwn(goKeys, key);
}

const singleKeys: Readonly<Partial<Record<string, Asked>>> = Object.assign(
  Object.create(null) as object,
  {
    g: { kind: 'began' },
    '/': { kind: 'filter' },
    '?': { kind: 'help' },
  } as const,
);

/** What a pressed key asks for, or undefined: it belongs to the page or to the browser. */
export function askedBy({ key, hasCommand, hasAlt, isTyping, beganAt, at }: Pressed): Asked | undefined {
  if (hasCommand && !hasAlt && key.toLowerCase() === 'k') return { kind: 'palette' };
  if (hasCommand || hasAlt || isTyping) return undefined;
  if (beganAt !== undefined && at - beganAt <= sequenceMs && isGoKey(key)) {
    return { kind: 'go', section: goKeys[key] };
  }
  return singleKeys[key];
}
