import { type FocusEvent, type KeyboardEvent, useEffect, useState } from 'react';

/**
 * Whether what an element has to say is shown: to a pointer over it, to the keyboard on it, and to a finger
 * that taps it, until it is left, until Escape, or until something else is touched.
 */
export function useTold() {
  const [isTold, setIsTold] = useState(false);
  const hide = () => setIsTold(false);
  useEffect(() => {
    if (!isTold) return;
    addEventListener('pointerdown', hide);
    return () => removeEventListener('pointerdown', hide);
  }, [isTold]);
  return {
    isTold,
    setIsTold,
    events: {
      onMouseEnter: () => setIsTold(true),
      onMouseLeave: hide,
      onFocus: ({ currentTarget }: FocusEvent) => setIsTold(currentTarget.matches(':focus-visible')),
      onBlur: hide,
      onKeyDown: ({ key }: KeyboardEvent) => key === 'Escape' && hide(),
    },
  };
}
