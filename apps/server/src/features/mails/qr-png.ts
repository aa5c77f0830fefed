import { crc32, deflateSync } from 'node:zlib';
import { qrDrawing } from '@claviger/protocol';
import { encode } from 'uqr';

/** Pixels of one module: some 500 on each side, sharp on a phone and on paper. */
const modulePixels = 10;

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** One chunk of a PNG: length, name, content, check sum (ISO/IEC 15948, 5.3). */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** One row of pixels, a bit each, light ones set; the first byte says that the row is not filtered. */
function rowOf(modules: readonly boolean[]): Buffer {
  const row = Buffer.alloc(1 + Math.ceil((modules.length * modulePixels) / 8));
  modules.forEach((isDark, place) => {
    if (isDark) return;
    for (let pixel = place * modulePixels; pixel < (place + 1) * modulePixels; pixel += 1) {
      const byte = 1 + (pixel >> 3);
      row.writeUInt8(row.readUInt8(byte) | (0x80 >> (pixel & 7)), byte);
    }
  });
  return row;
}

/** The QR with this text as a PNG in black and white, with the light border that cameras need. */
export function qrPng(text: string): Buffer {
  const { data } = encode(text, { ecc: qrDrawing.correction, border: qrDrawing.quietModules });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(data.length * modulePixels, 0);
  head.writeUInt32BE(data.length * modulePixels, 4);
  head.writeUInt8(1, 8);
  const rows = data.flatMap((row) => Array<Buffer>(modulePixels).fill(rowOf(row)));
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
