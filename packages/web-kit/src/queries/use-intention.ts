import { Unreachable } from '@claviger/protocol';
import { useRef } from 'react';

/**
 * The Idempotency-Key of what somebody means by a button. While nobody knows whether it arrived, sending the
 * same again means the same; anything else is a new intention.
 */
export function useIntention() {
  const open = useRef<{ readonly content: string; readonly key: string }>(undefined);
  return {
    keyFor: (content: unknown) => {
      const text = JSON.stringify(content);
      if (open.current?.content !== text) open.current = { content: text, key: crypto.randomUUID() };
      return open.current.key;
    },
    onSettled: (_answer: unknown, error: Error | null) => {
      if (!(error instanceof Unreachable)) open.current = undefined;
    },
  };
}
