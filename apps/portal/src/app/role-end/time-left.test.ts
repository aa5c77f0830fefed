import { describe, expect, it } from 'vitest';
import { timeLeft } from './time-left.ts';

describe('what is left', () => {
  it.each([
    [7 * 3_600_000 + 59 * 60_000 + 57_001, '7:59:58'],
    [59_000, '0:00:59'],
    [-5, '0:00:00'],
    [2 * 86_400_000 + 3_723_000, '2 days 1:02:03'],
  ])('of %d ms reads %s', (leftMs, text) => {
    expect(timeLeft(leftMs)).toBe(text);
  });
});
