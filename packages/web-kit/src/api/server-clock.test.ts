import { expect, it } from 'vitest';
import { skewOf } from './server-clock.ts';

const servedAt = Date.UTC(2026, 10, 22, 8, 0, 0);
const header = new Date(servedAt).toUTCString();

it.each([
  ['agree within the grain of the header', servedAt + 900, 0],
  ['agree although the answer took a while', servedAt + 2_400, 0],
  ['differ when this clock is ten minutes behind', servedAt - 600_000, 600_500],
  ['differ when this clock is ten minutes ahead', servedAt + 600_000, -599_500],
])('the clocks %s', (_what, receivedAt, expected) => {
  expect(skewOf(header, receivedAt)).toBe(expected);
});

it('takes a header that is no date for no news', () => {
  expect(skewOf('soon', servedAt)).toBe(0);
});
