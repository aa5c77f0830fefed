import { expect, test } from 'vitest';
import { exampleCards } from './example-cards.ts';
import { printedCardNumber, readCardNumber } from './card-number.ts';

test.each([
  ['of four bytes', '9a3fc271', '9A3FC271'],
  ['of seven bytes with colons', '04:5e:2a:91:c7:3b:80', '045E2A91C73B80'],
  ['of ten bytes, apart', ' 88 04 5E 2A 91 C7 3B 80 11 22 ', '88045E2A91C73B801122'],
])('A card number %s is read as its reader hands it over.', (_title, typed, number) => {
  expect(readCardNumber(typed)).toBe(number);
});

test.each([
  ['nothing', ''],
  ['only what stands between', ' : - '],
  ['half a byte too much', '9A3FC2710'],
  ['five bytes', '9A3FC27100'],
  ['another letter', '9A3FC27G'],
])('What is no card number is not read: %s.', (_title, typed) => {
  expect(readCardNumber(typed)).toBeUndefined();
});

test('The example cards have different numbers that a reader reads as they are printed.', () => {
  const numbers = exampleCards.map((card) => card.number);
  expect(new Set(numbers).size).toBe(exampleCards.length);
  expect(numbers.map(printedCardNumber).map(readCardNumber)).toEqual(numbers);
});
