import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrPng } from './qr-png.ts';

/** Which pixels of a PNG of one bit a pixel, in which no row is filtered, are dark. */
function photograph(png: Buffer) {
  const side = png.readUInt32BE(16);
  const start = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
  const width = 1 + Math.ceil(side / 8);
  const isDark = (x: number, y: number): boolean =>
    (rows.readUInt8(y * width + 1 + (x >> 3)) & (0x80 >> (x & 7))) === 0;
  return { side, isDark };
}

it('shows every module as ten pixels on each side, with a light border of four modules', () => {
  const text = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:'.repeat(3);
  const modules = encode(text, { ecc: 'M', border: 4 }).data;

  const { side, isDark } = photograph(qrPng(text));

  expect(side).toBe(10 * modules.length);
  for (const pixel of [0, 9]) {
    const seen = modules.map((row, y) => row.map((_, x) => isDark(10 * x + pixel, 10 * y + pixel)));
    expect(seen).toEqual(modules);
  }
});
