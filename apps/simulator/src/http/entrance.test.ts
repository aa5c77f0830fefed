import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { errorStatuses } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { streetMessage, type StreetMessage } from '../contract.ts';
import { readOrMakeStreet, writeStreet } from '../street/street-file.ts';
import { createStreet, type Street } from '../street/street.ts';
import { buildEntrance } from './entrance.ts';

const origin = 'http://127.0.0.1:3100';
const program = join(import.meta.dirname, '../../test/stand-in-agent.ts');

let folder: string;
let street: Street;
let entrance: FastifyInstance;
let serial: string;
let faults: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  faults = [];
  const [record] = readOrMakeStreet(folder);
  serial = record?.serial ?? '';
  writeStreet(folder, record ? [record] : []);
  const nowhere = '127.0.0.1:1';
  const surroundings = {
    program,
    caFile: join(folder, 'authority.pem'),
    enrolUrl: new URL(`https://${nowhere}`),
    brokerUrl: new URL(`mqtts://${nowhere}`),
  };
  street = createStreet({ folder, surroundings, importWith: 'claviger import devices' });
  await street.open();
  entrance = buildEntrance({
    street,
    pageFolder: join(folder, 'no-page'),
    note: (_level, text) => faults.push(text),
  });
});

afterEach(async () => {
  await entrance.close();
  await street.close();
  rmSync(folder, { recursive: true });
});

interface Post {
  readonly path?: string;
  readonly payload?: string | object;
  readonly headers?: Record<string, string>;
}

function post({ path = `/api/doors/${serial}/actions`, payload = { type: 'push' }, headers = {} }: Post) {
  return entrance.inject({
    method: 'POST',
    url: path,
    payload,
    headers: { host: '127.0.0.1:3100', origin, 'content-type': 'application/json', ...headers },
  });
}

function isOpen(): boolean {
  const overview = street.overview();
  return overview.type === 'street' && overview.doors[0]?.door.isOpen === true;
}

describe('the entrance', () => {
  test('does what a person on the street does, and answers with the door as it is then', async () => {
    const answer = await post({ payload: { type: 'force' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ serial, isOpen: true });
    expect(isOpen()).toBe(true);
  });

  test.each([
    ['another site', { origin: 'https://example.org' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:3000' }],
    ['a page without an origin', { origin: 'null' }],
    [
      'a name that somebody gave this address',
      { host: 'street.example.org', origin: 'http://street.example.org' },
    ],
  ])('refuses actions from %s', async (_title, headers) => {
    const answer = await post({ payload: { type: 'force' }, headers });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'foreign_origin' } });
    expect(isOpen()).toBe(false);
  });

  test('refuses an action that does not say where it comes from', async () => {
    const answer = await entrance.inject({
      method: 'POST',
      url: `/api/doors/${serial}/actions`,
      headers: { host: '127.0.0.1:3100' },
      payload: { type: 'force' },
    });
    expect(answer.statusCode).toBe(403);
    expect(isOpen()).toBe(false);
  });

  test('shows nothing under a name that somebody gave this address', async () => {
    const answer = await entrance.inject({ url: '/api/live', headers: { host: 'street.example.org:3100' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).not.toContain(serial);
  });

  test.each([
    ['not JSON', '{"type":'],
    ['nothing', ''],
    ['an unknown action', { type: 'unlock' }],
    ['a switch between on and off', { type: 'power', isOn: 'perhaps' }],
    ['more than the action has', { type: 'push', hard: true }],
    ['nothing at a reader', { type: 'show', reader: 'keypad', text: '' }],
    ['more than a reader reads', { type: 'show', reader: 'qr_reader', text: 'x'.repeat(1_001) }],
    ['for a reader that no door has', { type: 'show', reader: 'fingerprint_reader', text: 'x' }],
    ['a list', '[]'],
  ])('refuses a body that is %s', async (_title, payload) => {
    const answer = await post({ payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input' } });
  });

  test.each([
    ['too long', { payload: JSON.stringify({ type: 'push', text: 'x'.repeat(5_000) }) }, 'payload_too_large'],
    ['not JSON by its type', { headers: { 'content-type': 'text/plain' } }, 'unsupported_media_type'],
    ['to an unknown door', { path: '/api/doors/K7Q29XMD4T8A/actions' }, 'not_found'],
    ['to an unknown path', { path: '/api/gates' }, 'not_found'],
  ] as const)('refuses what is %s', async (_title, request, code) => {
    const answer = await post(request);
    expect(answer.statusCode).toBe(errorStatuses[code]);
    expect(answer.json()).toMatchObject({ error: { code } });
  });

  test('adds a door, and names what is wrong with one that cannot be', async () => {
    const path = '/api/doors';
    const added = await post({ path, payload: { name: ' Cellar ', model: 'virtual-lock' } });
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({ name: 'Cellar', isAddedLater: true });
    const wrong = await post({ path, payload: { name: '', model: 'door-box-1' } });
    expect(wrong.json()).toMatchObject({
      error: {
        code: 'invalid_input',
        issues: [
          { path: 'name', problem: 'too_small' },
          { path: 'model', problem: 'not_a_virtual_model' },
        ],
      },
    });
  });

  test('removes a door once', async () => {
    const path = `/api/doors/${serial}/removal`;
    expect((await post({ path, payload: {} })).statusCode).toBe(204);
    expect((await post({ path, payload: {} })).statusCode).toBe(404);
  });

  test('says how to build the page where it is missing', async () => {
    const answer = await entrance.inject({ url: '/', headers: { host: 'localhost:3100' } });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  test('lets no other page frame it, and no script run that it did not bring', async () => {
    const { headers } = await entrance.inject({ url: '/', headers: { host: 'localhost:3100' } });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a window that watches the street', () => {
  async function watch() {
    await entrance.listen({ host: '127.0.0.1', port: 0 });
    const { port } = entrance.server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${port}/api/live`);
    const messages: StreetMessage[] = [];
    let rest = '';
    const stream = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
    stream.setEncoding('utf8').on('error', () => undefined);
    stream.on('data', (text: string) => {
      const events = (rest + text).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events)
        messages.push(streetMessage.parse(JSON.parse(event.replace(/^data: /, ''))));
    });
    return { answer, messages, stream };
  }

  test('gets everything at once and then each change', async () => {
    const { answer, messages } = await watch();
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    await expect.poll(() => messages[0]?.type).toBe('street');
    street.act(serial, { type: 'force' });
    await expect
      .poll(() => messages.filter((each) => each.type === 'door' && each.door.isOpen))
      .not.toEqual([]);
  });

  test('sees the end of the street as the end of its stream', async () => {
    const { stream, messages } = await watch();
    await expect.poll(() => messages).not.toHaveLength(0);
    await entrance.close();
    await expect.poll(() => stream.readableEnded || stream.destroyed).toBe(true);
  });
});
