import { describe, expect, it } from 'vitest';
import { duressVariantOf, hasPinForm, isWeakPin, shortestPinLength, type LivePins } from '../index.ts';

const none: LivePins = { 6: 0, 7: 0, 8: 0, 9: 0 };

describe('a PIN', () => {
  it.each([
    ['12345', false],
    ['507182', true],
    ['507182963', true],
    ['5071829630', false],
    ['50718２', false],
    [' 507182', false],
    ['50718a', false],
  ])('%j has its form: %s', (typed, expected) => {
    expect(hasPinForm(typed)).toBe(expected);
  });

  it.each([
    '111111',
    '123456',
    '987654',
    '864208',
    '121212',
    '456456',
    '7171717',
    '241290',
    '122490',
    '901224',
  ])('%s is weak', (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  });

  it.each(['24121990', '12241990', '19901224'])('%s is a date, and weak', (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  });

  it.each(['507182', '994737', '5071829', '50718296', '990013', '61199024'])('%s is not weak', (pin) => {
    expect(isWeakPin(pin)).toBe(false);
  });

  it('under duress ends one higher', () => {
    expect([duressVariantOf('507182'), duressVariantOf('507189')]).toEqual(['507183', '507180']);
  });
});

describe('the length of a new PIN', () => {
  it.each([
    [{ ...none, 6: 8 }, 1, 6],
    [{ ...none, 6: 9 }, 1, 7],
    [{ ...none, 6: 8 }, 2, 7],
    [{ ...none, 6: 9, 7: 90 }, 1, 8],
    [{ ...none, 6: 9, 7: 90, 8: 900 }, 1, 9],
    [{ ...none, 6: 9, 7: 90, 8: 900, 9: 5_000 }, 2, 9],
  ])('beside %j for %d more values is %d', (live, newValues, expected) => {
    expect(shortestPinLength([live], newValues)).toBe(expected);
  });

  it('has room on every lock that it opens', () => {
    expect(shortestPinLength([none, { ...none, 6: 9 }, { ...none, 7: 90 }], 1)).toBe(8);
  });
});
