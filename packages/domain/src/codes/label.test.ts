import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMatterCode,
  pairingCodeFromValues,
  parsePairingCode,
  parseSerial,
  printed,
  serialFromValues,
} from './label.ts';

const digit = fc.integer({ min: 0, max: 31 });
const serial = fc.array(digit, { minLength: 11, maxLength: 11 }).map(serialFromValues);

describe('a serial number', () => {
  it('is read as it is printed, in small letters, with spaces, and with O for 0 or I and L for 1', () => {
    fc.assert(
      fc.property(serial, (text) => {
        const careless = printed(text)
          .toLowerCase()
          .replaceAll('0', 'o')
          .replaceAll('1', 'l')
          .replaceAll('-', ' ');
        expect([parseSerial(printed(text)), parseSerial(careless)]).toEqual([text, text]);
      }),
    );
  });

  it('with one wrong character is none', () => {
    fc.assert(
      fc.property(serial, fc.nat(11), digit, (text, place, other) => {
        const wrong = pairingCodeFromValues([other]);
        fc.pre(wrong !== text.charAt(place));
        expect(parseSerial(text.slice(0, place) + wrong + text.slice(place + 1))).toBeUndefined();
      }),
    );
  });

  it.each(['', 'K7Q2', 'K7Q29XMD4T8A9', 'U7Q29XMD4T8A', '<script>'])('is not %o', (typed) => {
    expect(parseSerial(typed)).toBeUndefined();
  });
});

describe('a pairing code', () => {
  it('has sixteen characters and is read in groups', () => {
    expect(parsePairingCode('abcd-efgh-jkmn-pqrs')).toBe('ABCDEFGHJKMNPQRS');
    expect(parsePairingCode('ABCDEFGHJKMNPQR')).toBeUndefined();
  });

  it('is told from a Matter code', () => {
    expect(
      ['34970112332', '749701-1233-2-65521-32769-7', 'MT:Y.K9042C00KA0648G00'].map(isMatterCode),
    ).toEqual([true, false, true]);
    expect(isMatterCode('ABCD-EFGH-JKMN-PQRS')).toBe(false);
  });
});
