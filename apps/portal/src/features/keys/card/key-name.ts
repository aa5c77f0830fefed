import type { Key } from '@claviger/protocol';
import { keyTypeNames } from '@claviger/web-kit';

/** What a Key is called: by its holder, else by its type. */
export function nameOf({ holder, type }: Pick<Key, 'holder' | 'type'>): string {
  return holder === '' ? keyTypeNames[type]() : holder;
}
