import { describe, expect, it } from 'vitest';
import { addDays, dayIn, hourIn, isKnownZone, startOfDay } from './zone.ts';

const utc = (text: string) => Date.parse(text);

describe('the start of a day', () => {
  it.each([
    ['an ordinary day in Berlin', 'Europe/Berlin', '2026-11-22', '2026-11-21T23:00:00Z'],
    ['the day on which Berlin goes back', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['the day after it', 'Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00Z'],
    ['a midnight that Cairo skips', 'Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['a midnight that Havana has twice', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['a zone a quarter of an hour off', 'Asia/Kathmandu', '2026-06-01', '2026-05-31T18:15:00Z'],
    ['a zone a day ahead', 'Pacific/Kiritimati', '2026-06-01', '2026-05-31T10:00:00Z'],
  ])('is right on %s', (...[, zone, date, expected]) => {
    expect(startOfDay(zone, date)).toBe(utc(expected));
  });

  it('does not exist for what is not a date', () => {
    expect(startOfDay('Europe/Berlin', '2026-13-01')).toBeUndefined();
    expect(startOfDay('Europe/Berlin', 'yesterday')).toBeUndefined();
  });

  it('does not exist for a day that the zone left out', () => {
    expect(startOfDay('Pacific/Apia', '2011-12-30')).toBeUndefined();
  });
});

describe('the clock of a zone', () => {
  it('shows date and hour of an instant', () => {
    expect(dayIn('America/New_York', utc('2026-11-22T03:30:00Z'))).toBe('2026-11-21');
    expect(hourIn('America/New_York', utc('2026-11-22T03:30:00Z'))).toBe(22);
    expect(hourIn('Europe/Berlin', utc('2026-11-21T23:30:00Z'))).toBe(0);
  });

  it('counts days over the end of a year', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('is known for real zones alone', () => {
    expect(isKnownZone('Europe/Berlin')).toBe(true);
    expect(isKnownZone('Europe/Atlantis')).toBe(false);
  });
});
