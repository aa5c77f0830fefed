import { expect, it } from 'vitest';
import { filtersIn } from './address.ts';

it('a view keeps the filters of an address in one order, and not the page of the list', () => {
  expect(filtersIn('?status=active&lock=7')).toBe('lock=7&status=active');
  expect(filtersIn('?page=3&rows=50')).toBe('rows=50');
  expect([filtersIn(''), filtersIn('?'), filtersIn('?page=2')]).toEqual([undefined, undefined, undefined]);
});
