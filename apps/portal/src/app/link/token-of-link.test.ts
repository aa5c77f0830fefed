import { expect, it } from 'vitest';
import { tokenOfLink } from './token-of-link.ts';

it.each([
  ['#token=aB3-_x', 'aB3-_x'],
  ['#aB3-_x', 'aB3-_x'],
  ['#%zz', '%zz'],
  ['#', ''],
  ['', ''],
])('finds the token in %j', (hash, token) => {
  expect(tokenOfLink(hash)).toBe(token);
});
