import { expect, it } from 'vitest';
import { nextAddress } from './next-address.ts';

it('goes on to a page of the Portal with its filters', () => {
  expect(nextAddress('/e/1/logs/activity?advanced=true')).toBe('/e/1/logs/activity?advanced=true');
});

it.each([
  '//evil.example/',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '',
  undefined,
  7,
])('does not follow %j anywhere else', (wished) => {
  expect(nextAddress(wished)).toBeUndefined();
});
