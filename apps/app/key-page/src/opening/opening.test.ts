import { createFormat } from '@claviger/web-kit';
import type { KeyCommand } from '@claviger/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPresser } from './opening.ts';

const at = Date.parse('2026-11-29T12:00:03Z');

beforeEach(() => vi.useFakeTimers({ now: at }));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A server on which an opening goes on until `end`; what was asked of it is noted. */
function stubServer() {
  const keys: string[] = [];
  const server = { keys, follows: 0, stage: 'unlocked' as KeyCommand['stage'], isThere: true };
  const command = (): KeyCommand => ({
    ...{ id: `command-${keys.length}`, lockId: 'front', issuedAt: at, notAfter: at + 10_000 },
    ...{ stage: server.stage, stages: [{ stage: server.stage, at }] },
  });
  vi.stubGlobal('fetch', (path: string, { headers }: { headers: Record<string, string> }) => {
    if (!server.isThere) return Promise.reject(new TypeError('no network'));
    if (path.endsWith('/open')) keys.push(headers['idempotency-key'] ?? '');
    else server.follows += 1;
    return Promise.resolve(Response.json(command()));
  });
  return server;
}

function createDoor() {
  const { press } = createPresser();
  const door = {
    ends: 0,
    said: '',
    press: () =>
      void press({
        ...{ token: 'token', lockId: 'front', format: createFormat('en-GB', 'UTC'), unlockForMs: 5_000 },
        serverNow: () => Date.now(),
        onSays: (sentence) => {
          door.said = sentence;
        },
        onTold: () => undefined,
        onWait: () => undefined,
        onEnd: () => {
          door.ends += 1;
        },
      }),
  };
  return door;
}

it('takes two taps for one opening, and the next when that has ended', async () => {
  const server = stubServer();
  const door = createDoor();

  door.press();
  await vi.advanceTimersByTimeAsync(350);
  door.press();
  await vi.advanceTimersByTimeAsync(3_000);
  expect([server.keys.length, server.follows, door.ends]).toEqual([1, 3, 0]);

  server.stage = 'relocked';
  await vi.advanceTimersByTimeAsync(1_000);
  expect([door.ends, door.said]).toEqual([1, expect.stringContaining('Not opened')]);

  door.press();
  await vi.advanceTimersByTimeAsync(350);
  expect(new Set(server.keys).size).toBe(2);
});

it('can be pressed again when an opening has been followed to the limit', async () => {
  const server = stubServer();
  const door = createDoor();

  door.press();
  await vi.advanceTimersByTimeAsync(60_000);
  door.press();
  await vi.advanceTimersByTimeAsync(350);

  expect([server.keys.length, door.ends]).toEqual([2, 1]);
});

it('can be pressed again when no answer came', async () => {
  const server = stubServer();
  const door = createDoor();

  server.isThere = false;
  door.press();
  await vi.advanceTimersByTimeAsync(350);
  server.isThere = true;
  door.press();
  await vi.advanceTimersByTimeAsync(350);

  expect([server.keys.length, door.ends]).toEqual([1, 1]);
});
