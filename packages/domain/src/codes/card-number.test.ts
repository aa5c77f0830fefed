import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardBytesApart, cardEnding, hasCardNumberForm, readCardNumber } from '../index.ts';

describe('a card number', () => {
  it.each([
    ['of four bytes', '9a3fc271', { hex: '9A3FC271', reading: 'hexadecimal' }],
    ['of four bytes without a letter', '04512345', { hex: '04512345', reading: 'hexadecimal' }],
    ['of seven bytes with colons', '04:5e:2a:91:c7:3b:80', { hex: '045E2A91C73B80', reading: 'hexadecimal' }],
    [
      'of ten bytes apart',
      ' 88 04 5E 2A 91 C7 3B 80 11 22 ',
      { hex: '88045E2A91C73B801122', reading: 'hexadecimal' },
    ],
    ['of five bytes with a letter', '01005234AB', { hex: '01005234AB', reading: 'hexadecimal' }],
    ['of five bytes apart without a letter', '01-00-52-34-12', { hex: '0100523412', reading: 'hexadecimal' }],
    ['that says what it is', '0x0100523412', { hex: '0100523412', reading: 'hexadecimal' }],
    ['of ten decimal digits', '0005384932', { hex: '00522AE4', reading: 'decimal' }],
    ['of ten decimal digits in groups', '2587 869 809', { hex: '9A3FC271', reading: 'decimal' }],
    ['that is the largest decimal one', '4294967294', { hex: 'FFFFFFFE', reading: 'decimal' }],
  ])('%s is read', (_what, typed, expected) => {
    expect(readCardNumber(typed)).toEqual(expected);
  });

  it.each([
    ['nothing', '', 'card_number_empty'],
    ['only what stands between', ' : - ', 'card_number_empty'],
    ['three bytes', 'A1B2C3', 'card_number_form'],
    ['half a byte too much', '9A3FC2710', 'card_number_form'],
    ['a decimal number that four bytes do not hold', '4294967296', 'card_number_form'],
    ['another letter', '9A3FC27G', 'card_number_form'],
    ['digits of another script', '９Ａ３Ｆ２２１１', 'card_number_form'],
    ['what a reader says that read none', '00000000', 'card_number_blank'],
    ['the same in decimal', '4294967295', 'card_number_blank'],
    ['the same of seven bytes', 'ff:ff:ff:ff:ff:ff:ff', 'card_number_blank'],
    ['eleven bytes', '0'.repeat(22), 'card_number_too_long'],
  ])('is not %s', (_what, typed, problem) => {
    expect(readCardNumber(typed)).toEqual({ problem });
  });

  it('is read again as it is shown, and is what a reader hands over', () => {
    const bytes = fc
      .uint8Array({ minLength: 4, maxLength: 10 })
      .filter((number) => number.some((byte) => byte !== 0) && number.some((byte) => byte !== 0xff));
    fc.assert(
      fc.property(bytes, (number) => {
        const hex = Buffer.from(number).toString('hex').toUpperCase();
        expect(readCardNumber(cardBytesApart(hex))).toEqual({ hex, reading: 'hexadecimal' });
        expect(hasCardNumberForm(hex)).toBe(true);
      }),
    );
  });

  it('is not what readers hand over that could not read a card', () => {
    for (const length of [4, 5, 7, 10])
      for (const byte of ['00', 'FF', 'ff']) expect(hasCardNumberForm(byte.repeat(length))).toBe(false);
    expect([hasCardNumberForm('00000001'), hasCardNumberForm('FFFFFFFE')]).toEqual([true, true]);
  });

  it('is told by its end alone', () => {
    expect([cardEnding('045E2A91C73B80'), cardBytesApart('9A3FC271')]).toEqual(['3B80', '9A 3F C2 71']);
  });
});
