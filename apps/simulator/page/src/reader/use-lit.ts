import { useEffect, useState } from 'react';
import type { Signal } from '../street/street-state.ts';

/** How long a reader shows its yes or no: the same for both, and for every reason. */
export const signalShownForMs = 3_000;

/** The signal while it is lit. What was there before somebody stood at this reader stays dark. */
export function useLit(signal: Signal | undefined): Signal | undefined {
  const [faded, setFaded] = useState(signal);
  useEffect(() => {
    const timer = setTimeout(() => {
      setFaded(signal);
    }, signalShownForMs);
    return () => {
      clearTimeout(timer);
    };
  }, [signal]);
  return signal === faded ? undefined : signal;
}
