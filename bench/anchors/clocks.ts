/** Other ways to read the wall clock of a zone, each the way it is fastest at. */
import { dayOf, type WallReading } from '@claviger/domain';
import { DateTime } from 'luxon';

export interface WallClock {
  readonly name: string;
  readonly read: (at: number) => WallReading;
}

function readingOf(day: number, minute: number): WallReading {
  return { day, minute, weekday: (((day + 3) % 7) + 7) % 7 };
}

/** Intl: one formatter, kept; its text is cut up by place, three times as fast as asking for parts. */
export function intlClock(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return {
    name: 'Intl.DateTimeFormat, kept',
    read: (at) => {
      const text = format.format(at);
      const number = (begin: number, end: number): number => Number(text.slice(begin, end));
      const day = dayOf(number(0, 4), number(5, 7), number(8, 10));
      return readingOf(day, number(11, 13) * 60 + number(14, 16));
    },
  };
}

export function luxonClock(zone: string): WallClock {
  return {
    name: 'luxon',
    read: (at) => {
      const { year, month, day, hour, minute } = DateTime.fromMillis(at, { zone });
      return readingOf(dayOf(year, month, day), hour * 60 + minute);
    },
  };
}
