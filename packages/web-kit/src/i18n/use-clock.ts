import { useMemo } from 'react';
import { useNow } from '../page/use-now.ts';
import type { Format } from './format.ts';
import { useFormat } from './use-format.ts';

/** The time as an Entity reads it: what it is now, and how moments are written in its zone. */
export interface Clock {
  readonly format: Format;
  readonly now: number;
}

/** A wall clock of the zone, read every `everyMs`; it rests while `isNeeded` is false. */
export function useClock(zone: string, everyMs: number, isNeeded = true): Clock {
  const format = useFormat(zone);
  const now = useNow(everyMs, isNeeded);
  return useMemo(() => ({ format, now }), [format, now]);
}
