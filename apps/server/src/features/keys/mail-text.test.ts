import { expect, it } from 'vitest';
import { keyMailText } from './mail-text.ts';

const mail = {
  place: 'Villa Lux',
  lock: 'Front door',
  link: 'https://example.com/k#token',
  from: Date.parse('2026-11-12T18:30:00Z'),
  until: Date.parse('2026-12-11T09:05:00Z'),
  zone: 'Europe/Berlin',
  hasPicture: false,
} as const;

it.each([
  ['en', 'Valid from 12 November 2026 at 19:30 until 11 December 2026 at 10:05 (Europe/Berlin).'],
  ['de', 'Gültig von 12. November 2026 um 19:30 bis 11. Dezember 2026 um 10:05 (Europe/Berlin).'],
  ['zh', '2026年11月12日 19:30'],
] as const)(
  'the mail of a Key tells its bounds in %s, day before month and in the zone of the place',
  (language, bounds) => {
    expect(keyMailText({ ...mail, language }).text).toContain(bounds);
  },
);
