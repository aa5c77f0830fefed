import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { findQr, type Pixels } from './find-qr.ts';

interface Drawing {
  readonly text: string;
  readonly scale: number;
  readonly isInverted?: boolean;
}

/** Draws a QR with its quiet zone, as a page shows it. */
function draw({ text, scale, isInverted = false }: Drawing): Pixels {
  const { data: rows } = encode(text, { ecc: 'M', border: 4 });
  const side = rows.length * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let index = 0; index < side * side; index += 1) {
    const isDark = rows[Math.floor(index / side / scale)]?.[Math.floor((index % side) / scale)] ?? false;
    data.fill(isDark === isInverted ? 255 : 0, index * 4, index * 4 + 3);
  }
  return { data, width: side, height: side };
}

/** As long as the longest QR of a Key: 224 characters. */
const longest = 'CLAVIGER0123456789$%*+-./:ABCDEF'.repeat(7);

test.each([
  ['small', { text: longest, scale: 3 }],
  ['large', { text: longest, scale: 9 }],
  ['white on black', { text: longest, scale: 4, isInverted: true }],
  ['of a text with accents', { text: 'Tür 门', scale: 4 }],
])('A QR that is %s is read.', (_title, drawing) => {
  expect(findQr(draw(drawing))).toBe(drawing.text);
});

test('A picture without a QR, and one that is torn, give nothing.', () => {
  const whole = draw({ text: longest, scale: 4 });
  const torn = whole.data.slice();
  torn.fill(255, (torn.length / 8) * 3);
  expect(findQr({ ...whole, data: torn })).toBeUndefined();
  expect(findQr({ ...whole, data: whole.data.slice().fill(255) })).toBeUndefined();
});
