import { detailOf, type Decision } from '@claviger/domain';
import type { Happening } from '../journal/journal.ts';

/** So many refusals of one reader path have an event of their own within a minute; of more, their number. */
const refusalsPerMinute = 30;
const minuteMs = 60_000;

interface Minute {
  readonly lock: number;
  readonly path: string;
  readonly startedAt: number;
  told: number;
  gathered: number;
}

interface ReaderPath {
  readonly lock: number;
  readonly path: string;
}

function isAlwaysTold({ outcome, silentAlarm, changes }: Decision): boolean {
  return outcome === 'granted' || silentAlarm || changes.length > 0;
}

/** Keeps a card that lies before its reader, or a robot in a pause, from wearing out the disk of a door. */
export interface RefusalMeter {
  /** Whether this decision is told for itself. Grants, alarms and wrong tries always are. */
  readonly isTold: (place: ReaderPath, decision: Decision) => boolean;
  /** This decision stands: it counts, once, also where it was made again for a disk that took nothing. */
  readonly count: (place: ReaderPath, decision: Decision) => void;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
  /** Tells what is gathered now: the box is about to end. */
  readonly finish: () => void;
}

export function createRefusalMeter(mono: () => number, record: (happening: Happening) => void): RefusalMeter {
  const minutes = new Map<string, Minute>();
  const nameOf = ({ lock, path }: ReaderPath): string => `${lock} ${path}`;

  const end = (name: string, { lock, path, gathered }: Minute): void => {
    minutes.delete(name);
    if (gathered === 0) return;
    const detail = detailOf('refused_more', gathered);
    record({ lock, type: 'key_refused', path, reason: 'throttled', detail });
  };

  return {
    isTold: (place, decision) =>
      isAlwaysTold(decision) || (minutes.get(nameOf(place))?.told ?? 0) < refusalsPerMinute,
    count: (place, decision) => {
      if (isAlwaysTold(decision)) return;
      const { lock, path } = place;
      const minute = minutes.get(nameOf(place)) ?? { lock, path, startedAt: mono(), told: 0, gathered: 0 };
      minutes.set(nameOf(place), minute);
      if (minute.told < refusalsPerMinute) minute.told += 1;
      else minute.gathered += 1;
    },
    tick: () => {
      for (const [name, minute] of minutes) if (mono() >= minute.startedAt + minuteMs) end(name, minute);
    },
    nextTickAt: () => {
      const ends = [...minutes.values()].map(({ startedAt }) => startedAt + minuteMs);
      return ends.length === 0 ? undefined : Math.min(...ends);
    },
    finish: () => {
      for (const [name, minute] of minutes) end(name, minute);
    },
  };
}
