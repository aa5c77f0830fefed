import { type PointerEvent, useEffect, useMemo, useState } from 'react';

/** Scrolled down by more than this, somebody reads further below; the list must not move. */
const scrolledFromPx = 120;

/**
 * Whether somebody reads the list just now: the pointer is over it, the focus in it, or the page is scrolled.
 */
export function useReading() {
  const [isOver, setIsOver] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const [isScrolled, setIsScrolled] = useState(false);

  useEffect(() => {
    const look = () => setIsScrolled(scrollY > scrolledFromPx);
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);

  const watch = useMemo(
    () => ({
      onPointerEnter: ({ pointerType }: PointerEvent) => setIsOver(pointerType === 'mouse'),
      onPointerLeave: () => setIsOver(false),
      onFocus: () => setIsFocused(true),
      onBlur: () => setIsFocused(false),
    }),
    [],
  );
  return { isReading: isOver || isFocused || isScrolled, watch };
}
