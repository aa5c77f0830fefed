import { describe, expect, it } from 'vitest';
import { countdown, createFormat } from './format.ts';

const at = Date.parse('2026-11-22T07:14:05Z');
const berlin = createFormat('en-GB', 'Europe/Berlin');

describe('moments', () => {
  it("are shown in the Entity's zone, wherever the browser is", () => {
    expect(berlin.time(at)).toBe('08:14');
    expect(berlin.clock(at)).toBe('08:14:05');
    expect(createFormat('en-GB', 'America/New_York').time(at)).toBe('02:14');
    expect(createFormat('en-GB', 'America/New_York').day(Date.parse('2026-11-22T03:00:00Z'))).toBe(
      'Saturday 21 November',
    );
  });

  it('name the day only when it was another one', () => {
    expect(berlin.since(at, at + 3_600_000)).toBe('08:14');
    expect(berlin.since(at, at + 86_400_000)).toBe('22 Nov, 08:14');
  });

  it('are written as the language writes them', () => {
    expect(createFormat('de', 'Europe/Berlin').day(at)).toBe('Sonntag, 22. November');
    expect(createFormat('zh', 'Asia/Shanghai').day(at)).toBe('11月22日星期日');
    expect(createFormat('en-US', 'Europe/Berlin').time(at)).toMatch(/^8:14\sAM$/);
    expect(createFormat('en', 'Europe/Berlin').minute(at)).toBe('22 Nov 2026, 08:14');
  });

  it.each(['en-US', 'en-GB', 'de', 'zh', 'zh-TW', 'ar', 'ja'])('are written in one form in %s', (tag) => {
    const format = createFormat(tag, 'Europe/Berlin');
    const upToMinute = format.time(at).replace(/(8.14)/, '$1:05');

    expect(format.clock(at)).toBe(upToMinute);
    expect(format.moment(at)).toContain(format.clock(at));
    expect(format.since(at, at + 86_400_000)).toContain(format.time(at));
  });

  it('leave no question open when asked for exactly', () => {
    expect(berlin.exactly(at)).toContain('08:14:05 CET');
  });

  it('are shown in UTC, and said so, where the browser does not know the zone', () => {
    const lost = createFormat('en-GB', 'Europe/Atlantis');
    expect(lost.zone).toBe('UTC');
    expect(lost.time(at)).toBe('07:14');
  });

  it.each(['en-US@posix', 'C', ''])('do not stumble over the language %j of a browser', (tag) => {
    expect(createFormat(tag, 'Europe/Berlin').clock(at)).toMatch(/8:14:05/);
  });
});

describe('how long ago', () => {
  it.each([
    [0, 'now'],
    [59_999, 'now'],
    [60_000, '1 minute ago'],
    [3 * 3_600_000 - 1, '2 hours ago'],
    [86_400_000, 'yesterday'],
    [3 * 86_400_000, '3 days ago'],
    [-5_000, 'now'],
  ])('%i ms are told as %s', (passedMs, expected) => {
    expect(berlin.ago(at, at + passedMs)).toBe(expected);
  });

  it('becomes a date after a week', () => {
    expect(berlin.ago(at, at + 7 * 86_400_000)).toBe('22 Nov 2026, 08:14:05');
  });
});

describe('a countdown', () => {
  it.each([
    [600_000, '10:00'],
    [581_001, '9:42'],
    [999, '0:01'],
    [0, '0:00'],
    [-5, '0:00'],
  ])('shows %i ms as %s', (leftMs, expected) => {
    expect(countdown(leftMs)).toBe(expected);
  });
});
