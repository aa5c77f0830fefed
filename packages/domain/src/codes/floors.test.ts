import { expect, it } from 'vitest';
import { parseFloors } from './floors.ts';

it.each([
  ['3', [3]],
  ['4, 3;4  -1', [-1, 3, 4]],
  ['', []],
  ['-0', [0]],
  ['-99 999', [-99, 999]],
])('reads "%s"', (typed, floors) => {
  expect(parseFloors(typed)).toEqual(floors);
});

it.each(['third', '3.5', '-100', '=1+1', '1000'])('refuses "%s"', (typed) => {
  expect(parseFloors(typed)).toBeUndefined();
});

it('refuses more than twenty', () => {
  const typed = (count: number) => Array.from({ length: count }, (_, floor) => floor).join(' ');
  expect([parseFloors(typed(20))?.length, parseFloors(typed(21))]).toEqual([20, undefined]);
});
