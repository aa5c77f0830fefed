import { keyToken } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { readToken } from './token.ts';

const token = 'abcdefghijklmnopqr_-12';

it('is read from the fragment', () => {
  expect(readToken(`#${token}`)).toBe(token);
});

it.each(['.', ',', ')', '>', '”', '%E3%80%82', '/', ' ', '?utm_source=mail', '&fbclid=abc_-12', '.)\n'])(
  'is read where %j was copied or added after it',
  (after) => {
    expect(readToken(`#${token}${after}`)).toBe(token);
  },
);

it.each([
  '',
  '#',
  token,
  `#${token}3`,
  `#${token.slice(1)}`,
  `#${token.slice(1)}/`,
  `#${token}-`,
  `#${token.slice(1)}ä`,
  `#.${token}`,
])('is not in %j', (hash) => {
  expect(readToken(hash)).toBeUndefined();
});

it('has the form that the API wants', () => {
  expect(keyToken.safeParse(readToken(`#${token}`)).success).toBe(true);
});
