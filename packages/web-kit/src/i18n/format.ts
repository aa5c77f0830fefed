import { formsOf } from '@claviger/protocol';
import { knownTag } from './language-tag.ts';
import { type CalendarDate, dayIn, isKnownZone } from './zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Beyond this a moment is named by its date; "23 days ago" helps nobody. */
const relativeUpToMs = 7 * dayMs;

const steps: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [dayMs, 'day'],
  [hourMs, 'hour'],
  [minuteMs, 'minute'],
];

/**
 * Numbers and moments as people of one language read them, in the time zone of an Entity. Instants in, text
 * out.
 */
export interface Format {
  readonly zone: string;
  /** `08:14` */
  time(at: number): string;
  /** `08:14:05` */
  clock(at: number): string;
  /** `08:14`, or `21 Nov, 08:14` when it was another day than `now`. */
  since(at: number, now: number): string;
  /** `22 Nov 2026, 08:14:05` */
  moment(at: number): string;
  /** `22 Nov 2026, 08:14` */
  minute(at: number): string;
  /** `Sunday 22 November 2026, 08:14:05 CET`: leaves no question open. */
  exactly(at: number): string;
  /** `Sunday 22 November` */
  day(at: number): string;
  /** `22 Nov 2026`, of a date of the calendar (`2026-11-22`). */
  date(date: CalendarDate): string;
  /** `2 minutes ago`; after a week the moment itself. */
  ago(at: number, now: number): string;
  number(value: number): string;
  /** `PIN, QR code and card` */
  and(words: readonly string[]): string;
  /** `PIN, QR code or card` */
  or(words: readonly string[]): string;
}

const eightOClock = Date.UTC(2026, 0, 1, 8);

/** `08` or `8`, as the language itself writes the time; beside a date it would not. */
function hourFormOf(tag: string): '2-digit' | 'numeric' {
  const time = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', timeStyle: 'short' });
  const hour = time.formatToParts(eightOClock).find(({ type }) => type === 'hour');
  return hour?.value.length === 2 ? '2-digit' : 'numeric';
}

/**
 * Makes the formats of a language (a BCP 47 tag) and a zone; a zone that the browser does not know is shown
 * in UTC, a tag that it does not take is formatted as English.
 */
export function createFormat(wishedTag: string, wishedZone: string): Format {
  const tag = formsOf(knownTag(wishedTag) ?? 'en');
  const zone = isKnownZone(wishedZone) ? wishedZone : 'UTC';
  const inZone = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options });
  const time = inZone({ timeStyle: 'short' });
  const clock = inZone({ timeStyle: 'medium' });
  const moment = inZone({ dateStyle: 'medium', timeStyle: 'medium' });
  const minute = inZone({ dateStyle: 'medium', timeStyle: 'short' });
  const dayAndTime = inZone({ day: 'numeric', month: 'short', hour: hourFormOf(tag), minute: '2-digit' });
  const exactly = inZone({ dateStyle: 'full', timeStyle: 'long' });
  const day = inZone({ weekday: 'long', day: 'numeric', month: 'long' });
  const date = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const number = new Intl.NumberFormat(tag);
  const and = new Intl.ListFormat(tag, { type: 'conjunction' });
  const or = new Intl.ListFormat(tag, { type: 'disjunction' });

  return {
    zone,
    time: (at) => time.format(at),
    clock: (at) => clock.format(at),
    since: (at, now) => (dayIn(zone, at) === dayIn(zone, now) ? time : dayAndTime).format(at),
    moment: (at) => moment.format(at),
    minute: (at) => minute.format(at),
    exactly: (at) => exactly.format(at),
    day: (at) => day.format(at),
    date: (written) => date.format(Date.parse(written)),
    number: (value) => number.format(value),
    and: (words) => and.format(words),
    or: (words) => or.format(words),
    ago: (at, now) => {
      const passedMs = Math.max(0, now - at);
      if (passedMs >= relativeUpToMs) return moment.format(at);
      const [unitMs, unit] = steps.find(([ms]) => passedMs >= ms) ?? [1000, 'second'];
      return relative.format(unit === 'second' ? 0 : -Math.floor(passedMs / unitMs), unit);
    },
  };
}

/** A span that runs down, as `9:41`; never below zero. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
