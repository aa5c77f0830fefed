import { expect, it } from 'vitest';
import { uuidBeginning } from './identifiers.ts';

const whole = '0190a0b0-1111-7222-8333-0a0b0c0d0e0f';

it.each([
  ['0190', '0190'],
  ['0190a0b0-', '0190a0b0'],
  [' 0190A0B01 ', '0190a0b0-1'],
  [whole, whole],
  [whole.replaceAll('-', '').toUpperCase(), whole],
])('reads %j as the beginning of a UUID', (typed, read) => {
  expect(uuidBeginning(typed)).toBe(read);
});

it.each(['', '-', 'x', 'no key', '0190g', `${whole}0`, '0190%'])('reads none in %j', (typed) => {
  expect(uuidBeginning(typed)).toBeUndefined();
});
