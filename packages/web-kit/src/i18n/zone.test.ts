import { describe, expect, it } from 'vitest';
import { addDays, dayIn, hourIn, instantsOf, isKnownZone, startOfDay, wallMinuteIn } from './zone.ts';

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

describe('a minute on the wall clock', () => {
  it.each([
    ['is one instant on an ordinary day', '2026-11-25T19:00', ['2026-11-25T18:00:00Z']],
    ['is two where the clocks go back', '2026-10-25T02:30', ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']],
    ['is none where the clocks skip it', '2026-03-29T02:30', []],
  ])('%s', (_what, wall, expected) => {
    expect(instantsOf('Europe/Berlin', wall)).toEqual(expected.map(utc));
  });

  it('is read back from each of its instants', () => {
    for (const at of instantsOf('Europe/Berlin', '2026-10-25T02:30') ?? []) {
      expect(wallMinuteIn('Europe/Berlin', at)).toBe('2026-10-25T02:30');
    }
  });

  it('is nothing where no minute was written', () => {
    expect(instantsOf('Europe/Berlin', '2026-10-25')).toBeUndefined();
    expect(instantsOf('Europe/Berlin', '2026-13-25T02:30')).toBeUndefined();
  });
});
