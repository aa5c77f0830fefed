import { Temporal } from 'temporal-polyfill';

/** What the wall clock of a zone shows, to the minute: `2026-11-25` and `17:59`. Both sort as text. */
export interface Reading {
  readonly date: string;
  readonly time: string;
}

/** The calendar of one zone, as `Temporal` reads it from the machine's own time zone database. */
export interface Calendar {
  readingAt(at: number): Reading;
  /** 00:00 of a date: its first instant; of a date that the zone skipped, the first instant after it. */
  beginningOf(date: string): number;
  /** A beginning: of a repeated reading the earlier instant; a skipped one moves forward by the gap (T9). */
  fromAt(text: string): number;
  /** An end: of a repeated reading the later instant; a skipped one moves forward by the gap (T9). */
  untilAt(text: string): number;
  /** The offset from UTC in force at an instant, as the name of a zone that has no other: `+05:30`. */
  offsetAt(at: number): string;
}

const remembered = 20_000;

/** Temporal takes some 20 µs a reading and the same few are asked again and again. */
function remember<Question extends string | number, Answer>(
  find: (question: Question) => Answer,
): (question: Question) => Answer {
  const answers = new Map<Question, Answer>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = find(question);
    if (answers.size >= remembered) answers.clear();
    answers.set(question, answer);
    return answer;
  };
}

const isExact = (text: string): boolean => /(Z|[+-]\d\d:\d\d)$/i.test(text);

function instantOf(zone: string, text: string, disambiguation: 'compatible' | 'later'): number {
  if (isExact(text)) return Temporal.Instant.from(text).epochMilliseconds;
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

/** The calendar of an IANA zone, or of an offset written as one. */
export const calendarOf: (zone: string) => Calendar = remember((zone) => {
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return {
    readingAt: remember((at: number) => {
      const shown = zoned(at).toPlainDateTime();
      return {
        date: shown.toPlainDate().toString(),
        time: shown.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'floor' }),
      };
    }),
    beginningOf: remember((date: string) => {
      return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    }),
    fromAt: remember((text: string) => instantOf(zone, text, 'compatible')),
    untilAt: remember((text: string) => instantOf(zone, text, 'later')),
    offsetAt: remember((at: number) => zoned(at).offset),
  };
});

/** The date after this one in the calendar, also where a zone skips it (T10). */
export const nextDate: (date: string) => string = remember((date) =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString(),
);

/** The date before this one in the calendar, also where a zone skips it (T10). */
export const previousDate: (date: string) => string = remember((date) =>
  Temporal.PlainDate.from(date).subtract({ days: 1 }).toString(),
);

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayOf: (date: string) => Weekday = remember((date) => {
  const weekday = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (weekday === undefined) throw new Error(`${date} has no weekday`);
  return weekday;
});
