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

/** Keeps a card that lies before its reader, or a robot in a pause, from wearing out the disk of a door. */
export interface RefusalMeter {
  /** Whether this decision is told; otherwise it is counted. Grants, alarms and wrong tries always are. */
  readonly isTold: (place: { readonly lock: number; readonly path: string }, decision: Decision) => boolean;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
}

export function createRefusalMeter(mono: () => number, record: (happening: Happening) => void): RefusalMeter {
  const minutes = new Map<string, Minute>();

  const end = (name: string, { lock, path, gathered }: Minute): void => {
    minutes.delete(name);
    if (gathered === 0) return;
    const detail = detailOf('refused_more', gathered);
    record({ lock, type: 'key_refused', path, reason: 'throttled', detail });
  };

  return {
    isTold: ({ lock, path }, { outcome, silentAlarm, changes }) => {
      if (outcome === 'granted' || silentAlarm || changes.length > 0) return true;
      const name = `${lock} ${path}`;
      const minute = minutes.get(name) ?? { lock, path, startedAt: mono(), told: 0, gathered: 0 };
      minutes.set(name, minute);
      if (minute.told < refusalsPerMinute) minute.told += 1;
      else minute.gathered += 1;
      return minute.gathered === 0;
    },
    tick: () => {
      for (const [name, minute] of minutes) if (mono() >= minute.startedAt + minuteMs) end(name, minute);
    },
    nextTickAt: () => {
      const ends = [...minutes.values()].map(({ startedAt }) => startedAt + minuteMs);
      return ends.length === 0 ? undefined : Math.min(...ends);
    },
  };
}
