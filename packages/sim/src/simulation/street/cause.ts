import type { DownChannel } from '@claviger/protocol';
import type { Attempt } from '../people/attempt.ts';

/** A message to a door, as it comes out of the wire. */
export interface DownLetter {
  readonly channel: DownChannel;
  readonly message: Uint8Array;
}

/** Why the agent of a box was called: nothing else ever calls it. */
export type Cause =
  | { readonly kind: 'start' | 'link_up' | 'link_down' | 'wake' | 'input' }
  | { readonly kind: 'letter'; readonly letter: DownLetter }
  | { readonly kind: 'present'; readonly attempt: Attempt };
