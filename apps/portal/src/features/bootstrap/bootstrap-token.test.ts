import { expect, it } from 'vitest';
import { tokenFromFragment } from './bootstrap-token.ts';

it.each([
  ['#token=aB3-_x', 'aB3-_x'],
  ['#aB3-_x', 'aB3-_x'],
  ['#', ''],
  ['', ''],
])('finds the token in %j', (hash, token) => {
  expect(tokenFromFragment(hash)).toBe(token);
});
