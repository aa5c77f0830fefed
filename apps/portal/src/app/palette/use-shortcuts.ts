import { useEffect, useRef } from 'react';
import { type Asked, askedBy } from './shortcuts.ts';

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Where a dialog is open, the keys are its own. */
function isCovered(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

/** Goes to the first filter of the list; where they are folded they are shown first. */
export function focusFilters(): void {
  const bar = document.querySelector('[role="search"]');
  const field = bar?.querySelector<HTMLElement>('input, select');
  if (field?.offsetParent === null) bar?.querySelector<HTMLElement>('[aria-expanded="false"]')?.click();
  requestAnimationFrame(() => field?.focus());
}

/** Hears the shortcuts of the Portal while its frame is there. */
export function useShortcuts(onAsked: (asked: Asked) => void): void {
  const beganAt = useRef<number>(undefined);
  const hear = useRef(onAsked);
  useEffect(() => {
    hear.current = onAsked;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || isCovered()) return;
      const asked = askedBy({
        key: event.key,
        hasCommand: event.ctrlKey || event.metaKey,
        hasAlt: event.altKey,
        isTyping: isText(event.target),
        beganAt: beganAt.current,
        at: event.timeStamp,
      });
      beganAt.current = asked?.kind === 'began' ? event.timeStamp : undefined;
      if (!asked) return;
      if (asked.kind !== 'began') event.preventDefault();
      hear.current(asked);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
