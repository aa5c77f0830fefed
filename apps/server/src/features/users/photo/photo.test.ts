import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { photoUpload, type User } from '@claviger/protocol';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';

const site = serverOfThisFile();
let homes = 0;
let home: TestHome;
let user: User;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `ada${String(homes)}@example.com` });
  const body = { name: 'Grace', email: `grace${String(homes)}@example.com` };
  user = (await home.browser.post(`/api/entities/${home.entityId}/users`, body)).json<User>();
});

function urlOf(end: string, { entityId } = home): string {
  return `/api/entities/${entityId}/users/${user.id}/${end}`;
}

/** Sends a file as a browser does. */
function send(file: Uint8Array, type = 'image/jpeg', { browser } = home) {
  return browser.post(urlOf('photo'), Buffer.from(file), { 'content-type': type });
}

/** A picture of 800 by 600, left half red and right half blue, with where it was taken written into it. */
function picture(orientation = 1) {
  const half = (background: string) => ({ create: { width: 400, height: 600, channels: 3, background } });
  return sharp({ create: { width: 800, height: 600, channels: 3, background: 'red' } })
    .composite([{ input: half('blue') as never, left: 400, top: 0 }])
    .withExif({ IFD0: { Artist: 'SECRET-ARTIST' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .withMetadata({ orientation });
}

/** What the server gives out of the photo that the User has now. */
async function kept(): Promise<Buffer> {
  const { photoId } = (
    await home.browser.get(`/api/entities/${home.entityId}/users/${user.id}`)
  ).json<User>();
  const answer = await home.browser.get(urlOf(`photos/${photoId ?? ''}`));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.rawPayload;
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of some hundred bytes that says it has so many pixels. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk('IDAT', deflateSync(Buffer.alloc(2_000)));
  return Buffer.concat([signature, chunk('IHDR', head), data, chunk('IEND', Buffer.alloc(0))]);
}

function problemOf(answer: { json: () => unknown }): unknown {
  return (answer.json() as { error: { issues?: { problem: string }[] } }).error.issues?.[0]?.problem;
}

describe('the photo of a User', () => {
  it.each(['jpeg', 'png'] as const)(
    'is drawn anew from a %s, small and with nothing else in it',
    async (form) => {
      const file = await picture().toFormat(form).toBuffer();
      expect(file.toString('latin1')).toContain('SECRET-ARTIST');

      const answer = await send(file, `image/${form}`);

      expect(answer.statusCode, answer.body).toBe(200);
      const photo = await kept();
      const { format, width, height, exif, icc, xmp } = await sharp(photo).metadata();
      expect({ format, width, height, exif, icc, xmp }).toEqual({ format: 'jpeg', width: 512, height: 512 });
      expect(photo.toString('latin1')).not.toContain('SECRET-ARTIST');
    },
  );

  it('stands upright as the camera held it', async () => {
    await send(await picture(6).jpeg().toBuffer());
    const { data, info } = await sharp(await kept())
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) => data.subarray((y * info.width + x) * 3).subarray(0, 3);
    expect((pixel(256, 20)[0] ?? 0) > 200 && (pixel(256, 490)[2] ?? 0) > 200).toBe(true);
  });

  it('is given as a picture and as nothing else, to be kept by who sees the User', async () => {
    await send(await picture().jpeg().toBuffer());
    const { photoId = '' } = (await home.browser.get(urlOf('').slice(0, -1))).json<User>();
    const { headers } = await home.browser.get(urlOf(`photos/${photoId}`));
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'private, max-age=3600, immutable',
    });

    const eve = await openHome(site.server, { email: `eve${String(homes)}@example.com` });
    for (const at of [home, eve]) {
      const answer = await eve.browser.get(urlOf(`photos/${photoId}`, at));
      expect(answer.statusCode).toBe(404);
    }
    expect((await send(await picture().jpeg().toBuffer(), 'image/jpeg', eve)).statusCode).toBe(404);
  });

  it('is another one with another identifier, and can be removed', async () => {
    const first = (await send(await picture().jpeg().toBuffer())).json<User>().photoId ?? '';
    const second = (await send(await picture().png().toBuffer(), 'image/png')).json<User>().photoId ?? '';
    expect(second).not.toBe(first);
    expect((await home.browser.get(urlOf(`photos/${first}`))).statusCode).toBe(404);

    const removed = await home.browser.request('DELETE', urlOf('photo'));

    expect(removed.json()).not.toHaveProperty('photoId');
    expect((await home.browser.get(urlOf(`photos/${second}`))).statusCode).toBe(404);
    const entries = await site.test.asAdmin<{ operation: string }>(
      'select operation from claviger.audit_entries where chain = $1 order by sequence desc limit 3',
      [home.entityId],
    );
    const operations = ['user.remove_photo', 'user.set_photo', 'user.set_photo'];
    expect(entries.map(({ operation }) => operation)).toEqual(operations);
  });
});

describe('a file that is no photo', () => {
  it.each([
    ['a text', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', 'image/png', Buffer.alloc(0)],
    ['the beginning of a JPG alone', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['the beginning of a PNG alone', 'image/png', bomb(10, 10).subarray(0, 20)],
  ])('is refused beside the field: %s', async (_what, type, file) => {
    const answer = await send(file, type);
    expect([answer.statusCode, problemOf(answer)]).toEqual([400, 'photo_is_none']);
  });

  it('is refused where it was cut off, whatever it began with', async () => {
    const whole = await picture().png().toBuffer();
    const answer = await send(whole.subarray(0, whole.length / 2), 'image/png');
    expect([answer.statusCode, problemOf(answer)]).toEqual([400, 'photo_is_none']);
  });

  it.each([
    [60_000, 60_000],
    [50_001, 1_000],
    [2_000_000_000, 2_000_000_000],
  ])('is refused before it is decoded, where it says it has %i by %i pixels', async (width, height) => {
    const file = bomb(width, height);
    expect(file.length).toBeLessThan(200);
    const answer = await send(file, 'image/png');
    expect(answer.statusCode).toBe(400);
    const problem = width > 1_000_000 ? 'photo_is_none' : 'photo_has_too_many_pixels';
    expect(problemOf(answer)).toBe(problem);
  });

  it.each(['image/svg+xml', 'image/gif', 'application/json', 'text/html'])(
    'is not taken as %s',
    async (type) => {
      expect((await send(Buffer.from('{}'), type)).statusCode).toBe(415);
    },
  );
});

describe('the limit of 6 MB', () => {
  /** A JPG of exactly so many bytes: what follows its end is nothing to a reader. */
  async function photoOf(length: number): Promise<Buffer> {
    const file = await picture().jpeg().toBuffer();
    return Buffer.concat([file, Buffer.alloc(length - file.length)]);
  }

  it('is taken to the byte', async () => {
    expect((await send(await photoOf(photoUpload.limitBytes))).statusCode).toBe(200);
    expect((await send(await photoOf(photoUpload.limitBytes + 1))).statusCode).toBe(413);
  });

  /** Sends raw bytes over a connection of its own; the status of the answer. */
  async function sendRaw(file: Buffer, headers: Record<string, string>): Promise<number | undefined> {
    const { app } = site.server;
    const { port } = app.portal.server.address() as AddressInfo;
    const { cookie } = home.browser;
    const more = { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method: 'POST', path: urlOf('photo') };
      const asked = request({
        ...options,
        headers: { ...more, cookie, 'content-type': 'image/jpeg', ...headers },
      });
      asked.on('response', (answer) => {
        resolve(answer.statusCode);
        answer.resume();
      });
      // Whoever is refused while still sending may find the connection closed.
      asked.on('error', reject);
      asked.write(file);
      asked.end();
    });
  }

  it('holds for what comes in chunks, and for what is longer than it says', async () => {
    const { portal } = site.server.app;
    await portal.listen({ host: '127.0.0.1', port: 0 });
    const [exact, more] = [await photoOf(photoUpload.limitBytes), await photoOf(photoUpload.limitBytes + 1)];
    const chunked = { 'transfer-encoding': 'chunked' };

    expect([await sendRaw(exact, chunked), await sendRaw(more, chunked)]).toEqual([200, 413]);
    // What is beyond the said length is no part of the file: it is cut off, and no photo.
    expect(await sendRaw(more, { 'content-length': '5000' })).toBe(400);
    expect(await sendRaw(exact, { 'content-length': String(7 * 1024 * 1024) })).toBe(413);
  });
});
