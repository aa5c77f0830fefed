import { type FocusEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

const gapPx = 6;
const edgePx = 8;

/**
 * Shows what an element has to say in a popover above it: to a pointer over it, to the keyboard on it and to
 * a finger that taps it, until it is left, until Escape, or until something else is touched.
 */
export function useTip<Element extends HTMLElement>(isWanted: boolean) {
  const of = useRef<Element>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const [isTold, setIsTold] = useState(false);
  const hide = () => setIsTold(false);
  const isShown = isTold && isWanted;

  useEffect(() => {
    const [shown, element] = [tip.current, of.current];
    if (!isShown || !shown || !element) return;
    const place = () => placeAbove(shown, element.getBoundingClientRect());
    shown.showPopover();
    place();
    addEventListener('pointerdown', hide);
    addEventListener('scroll', place, { capture: true });
    return () => {
      removeEventListener('pointerdown', hide);
      removeEventListener('scroll', place, { capture: true });
      if (shown.isConnected) shown.hidePopover();
    };
  }, [isShown]);

  return {
    of,
    tip,
    setIsTold,
    events: {
      onPointerEnter: (event: PointerEvent) => canHover(event) && setIsTold(true),
      onPointerLeave: (event: PointerEvent) => canHover(event) && hide(),
      onFocus: ({ currentTarget }: FocusEvent) => setIsTold(currentTarget.matches(':focus-visible')),
      onBlur: hide,
      onKeyDown: ({ key }: KeyboardEvent) => key === 'Escape' && hide(),
    },
  };
}

/**
 * Whether the pointer can be over an element without touching it. A finger cannot: it taps; and a mouse that
 * rests elsewhere has not left what a finger taps, which the events of the mouse alone would say.
 */
const canHover = ({ pointerType }: PointerEvent) => pointerType !== 'touch';

/** Above the middle, or below where there is no room above; never over the edge of the window. */
function placeAbove(tip: HTMLElement, { left, top, bottom, width }: DOMRect): void {
  const { offsetWidth, offsetHeight, style } = tip;
  const middle = left + (width - offsetWidth) / 2;
  const above = top - gapPx - offsetHeight;
  style.left = `${Math.max(edgePx, Math.min(middle, innerWidth - edgePx - offsetWidth))}px`;
  style.top = `${above < edgePx ? bottom + gapPx : above}px`;
}
