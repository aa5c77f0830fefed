import { offsetAt } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { findInstant, toInstant } from './local-time.ts';
import { createZoneClock, isZone, zoneOffsets } from './zone-clock.ts';

const written = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
const berlin = createZoneClock('Europe/Berlin');

describe('a wall-clock time that becomes an instant', () => {
  it('T9 in a repeated hour is the earlier reading for a from and the later for an until', () => {
    expect(written(toInstant(berlin, '2026-10-25T02:30', 'earlier'))).toBe('2026-10-25T00:30:00.000Z');
    expect(written(toInstant(berlin, '2026-10-25T02:30', 'later'))).toBe('2026-10-25T01:30:00.000Z');
    expect(written(toInstant(berlin, '2026-10-25T01:30', 'later'))).toBe('2026-10-24T23:30:00.000Z');
  });

  it('T9 that is skipped is refused where a person enters it', () => {
    expect(findInstant(berlin, '2026-03-29T02:30', 'earlier')).toBeUndefined();
    expect(written(findInstant(berlin, '2026-03-29T03:00', 'earlier'))).toBe('2026-03-29T01:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z'],
  ])(
    'T9 that is skipped in %s moves forward by the gap where nobody can be asked',
    (zone, local, instant) => {
      expect(written(toInstant(createZoneClock(zone), local, 'later'))).toBe(instant);
    },
  );

  it('is refused if it is none', () => {
    expect(() => toInstant(berlin, 'yesterday', 'earlier')).toThrow('not a local time');
  });
});

describe('the offsets of a zone', () => {
  it.each([
    'Europe/Berlin',
    'America/St_Johns',
    'Africa/Casablanca',
    'Pacific/Apia',
    'Asia/Kathmandu',
    'UTC',
  ])('of %s are those of the zone database, hour by hour for two years', (zone) => {
    const [from, until] = [Date.UTC(2025, 0, 1, 5), Date.UTC(2027, 0)];
    const clock = createZoneClock(zone);
    const table = zoneOffsets(clock, from, until);
    const clockFace = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    const hours = Array.from({ length: 729 * 24 }, (_, hour) => from + hour * 3_600_000);

    const wrong = hours.filter((at) => {
      const shown = new Date(at + offsetAt(table, at) * 1000).toISOString();
      const face = `${shown.slice(8, 10)}, ${shown.slice(11, 16)}`;
      return clockFace.format(at) !== face || clock.offsetAt(at) !== offsetAt(table, at);
    });

    expect(wrong).toEqual([]);
  });

  it('have their changes at the second', () => {
    const changes = zoneOffsets(berlin, Date.UTC(2026, 0), Date.UTC(2027, 0)).offsets.map(({ from }) =>
      written(from),
    );

    expect(changes).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
  });
});

describe('a name', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Base', false],
    ['+01:00', false],
    ['', false],
  ])('"%s" is that of a zone: %s', (name, expected) => {
    expect(isZone(name)).toBe(expected);
  });
});
