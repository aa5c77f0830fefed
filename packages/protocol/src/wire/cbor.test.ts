import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CborFault, decodeCbor, encodeCbor, type CborValue } from './cbor.ts';

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const value: fc.Arbitrary<CborValue> = fc.letrec<{ leaf: CborValue; value: CborValue }>((tie) => ({
  leaf: fc.oneof(
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 40 }),
  ),
  value: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(fc.maxSafeNat(), tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
  ),
})).value;

describe('deterministic CBOR', () => {
  it.each([
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [255, '18ff'],
    [256, '190100'],
    [1_000_000, '1a000f4240'],
    [1_000_000_000_000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-1000, '3903e7'],
    [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
    [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
    [false, 'f4'],
    [true, 'f5'],
    [fromHex('01020304'), '4401020304'],
    ['IETF', '6449455446'],
    ['水', '63e6b0b4'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
    [
      new Map<number, CborValue>([
        [3, 4],
        [1, 2],
      ]),
      'a201020304',
    ],
  ])('writes %o as %s and reads it back', (given, hex) => {
    expect(toHex(encodeCbor(given))).toBe(hex);
    expect(encodeCbor(decodeCbor(fromHex(hex)))).toEqual(fromHex(hex));
  });

  it.each([
    ['nothing', ''],
    ['a number that is longer than it need be', '1817'],
    ['a number above the safe integers', '1bffffffffffffffff'],
    ['a negative number below the safe integers', '3b001fffffffffffff'],
    ['an indefinite length', '9f01ff'],
    ['a float', 'fb3ff199999999999a'],
    ['null', 'f6'],
    ['a tag', 'c074'],
    ['text that is not UTF-8', '62c328'],
    ['keys that do not ascend', 'a203040102'],
    ['a key twice', 'a201020103'],
    ['a text key', 'a1616101'],
    ['bytes that end early', '4401'],
    ['an array that promises more than there is', '9a7fffffff'],
    ['bytes too many', '0000'],
    ['nesting without end', '8181818181818101'],
  ])('refuses %s', (_what, hex) => {
    expect(() => decodeCbor(fromHex(hex))).toThrow(CborFault);
  });

  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(value, (given) => {
        const encoded = encodeCbor(given);
        expect(encodeCbor(decodeCbor(encoded))).toEqual(encoded);
      }),
    );
  });

  it('reads bytes of a stranger only if they are the one encoding of something', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          expect(encodeCbor(decodeCbor(bytes))).toEqual(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CborFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
