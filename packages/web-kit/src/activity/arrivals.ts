import type { ActivityEvent } from '@claviger/protocol';
import { mergeEvents } from './activity-filter.ts';

/** More live events than this are not kept beside a list; the list is loaded anew instead. */
export const arrivalsLimit = 200;

/** What came live for a list since it was loaded. `listName` tells its filter; another list starts empty. */
export interface Arrivals {
  readonly listName: string;
  readonly shown: readonly ActivityEvent[];
  /** Held back because somebody is reading. */
  readonly waiting: readonly ActivityEvent[];
}

/** The arrivals of this list; those of another list are not its own. */
export function arrivalsOf(arrivals: Arrivals | undefined, listName: string): Arrivals {
  return arrivals?.listName === listName ? arrivals : { listName, shown: [], waiting: [] };
}

/** Takes in what came live; `isHeld` keeps it waiting. */
export function arrive(before: Arrivals, events: readonly ActivityEvent[], isHeld: boolean): Arrivals {
  return isHeld
    ? { ...before, waiting: mergeEvents(events, before.waiting) }
    : { ...before, shown: mergeEvents(events, before.shown) };
}

/** Lets what waits into the list. */
export function showWaiting(before: Arrivals): Arrivals {
  return { ...before, shown: mergeEvents(before.waiting, before.shown), waiting: [] };
}

/** Whether so much came that the list had better be loaded anew. */
export function areTooMany({ shown, waiting }: Arrivals): boolean {
  return shown.length + waiting.length > arrivalsLimit;
}
