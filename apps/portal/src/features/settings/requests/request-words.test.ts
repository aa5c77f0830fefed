import { describe, expect, it } from 'vitest';
import { minutesOf, typedDuration } from './request-words.ts';

describe('a duration', () => {
  it.each([
    [480, '8', 'hours'],
    [43_200, '30', 'days'],
    [90, '90', 'minutes'],
  ] as const)('of %d minutes is typed as %s %s, and read as that', (minutes, amount, unit) => {
    expect(typedDuration(minutes)).toEqual({ amount, unit });
    expect(minutesOf({ amount, unit })).toBe(minutes);
  });

  it.each(['', '1.5', '-1', '1e3', 'two', '1234567'])('is none for %j', (amount) => {
    expect(minutesOf({ amount, unit: 'hours' })).toBeUndefined();
  });
});
