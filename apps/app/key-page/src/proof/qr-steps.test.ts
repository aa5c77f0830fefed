import { createHmac } from 'node:crypto';
import { qrBody, qrProofBytes, readQr } from '@claviger/protocol';
import jsQr from 'jsqr';
import { expect, it } from 'vitest';
import { qrPath, qrTextAt, stepAt } from './qr-steps.ts';

const content = {
  keyType: 'guest',
  keyTag: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  issue: 3,
  signedAt: 1_795_600_000_000,
  isStatic: false,
  rule: undefined,
  lockTags: [12],
} as const;
const body = qrBody(content, Uint8Array.of(0xab, 0xcd));
const secret = new Uint8Array(32).fill(0xfb);
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const qr = {
  body: base64url(body),
  signature: base64url(new Uint8Array(64).fill(0xff)),
  stepSecret: base64url(secret),
};

/** What a camera sees of the drawing: eight pixels a module. */
function photograph({ size, path }: ReturnType<typeof qrPath>): string | undefined {
  const scale = 8;
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let place = 0; place < scale * scale; place += 1) {
      const column = Number(x) * scale + (place % scale);
      const row = Number(y) * scale + Math.floor(place / scale);
      pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return jsQr(pixels, width, width)?.data;
}

it('shows what the server signed, with the proof of the step that runs', async () => {
  const step = stepAt(1_795_600_031_000);
  const read = readQr(await qrTextAt(qr, step));

  const proof = createHmac('sha256', secret).update(qrProofBytes(body, step)).digest().subarray(0, 8);
  expect(read?.content).toEqual(content);
  expect(read?.moving).toEqual({ step, proof: new Uint8Array(proof) });
});

it('is another picture every 30 seconds', async () => {
  const start = 1_795_600_020_000;
  expect(stepAt(start + 29_999)).toBe(stepAt(start));
  expect(stepAt(start + 30_000)).toBe(stepAt(start) + 1);
  expect(await qrTextAt(qr, 1)).not.toBe(await qrTextAt(qr, 2));
});

it('is drawn so that a camera reads it', async () => {
  const text = await qrTextAt(qr, stepAt(1_795_600_031_000));
  expect(photograph(qrPath(text))).toBe(text);
});
