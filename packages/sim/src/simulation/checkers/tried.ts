import { commandMessage, openMessage, uuidText } from '@claviger/protocol';
import type { Attempt } from '../people/attempt.ts';
import type { Cause } from '../street/cause.ts';

/** What was tried: at a reader, on the page of a Key, or by a manager. */
export type Tried =
  | { readonly kind: 'reader'; readonly attempt: Attempt }
  | { readonly kind: 'page'; readonly keyId: string; readonly path: string }
  | { readonly kind: 'command' };

/** The Key that it is of, if it is of any that there ever was. */
export function keyOf(tried: Tried): string | undefined {
  switch (tried.kind) {
    case 'reader':
      return tried.attempt.holding?.key.id;
    case 'page':
      return tried.keyId;
    case 'command':
      return undefined;
  }
}

/** On which path it came: a reader, or the link of one Key (decision record 0015). */
export function pathOf(tried: Tried): string {
  switch (tried.kind) {
    case 'reader':
      return tried.attempt.reader;
    case 'page':
      return tried.path;
    case 'command':
      return '';
  }
}

/** What somebody tried in a call of the agent, and at which lock. */
export function triedBy(cause: Cause): { readonly lock: number; readonly tried: Tried } | undefined {
  if (cause.kind === 'present') {
    return { lock: cause.attempt.lock, tried: { kind: 'reader', attempt: cause.attempt } };
  }
  if (cause.kind !== 'letter' || cause.letter.channel !== 'command') return undefined;
  const opened = openMessage(commandMessage, cause.letter.message, () => true);
  if (!opened.ok) return undefined;
  const { lock, key } = opened.body;
  if (key === undefined) return { lock, tried: { kind: 'command' } };
  const keyId = uuidText(key);
  return { lock, tried: { kind: 'page', keyId, path: `link/${keyId.slice(-12)}` } };
}
