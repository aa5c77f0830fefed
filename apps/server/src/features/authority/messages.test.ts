import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();

it('a device that floods has one line a minute in the log, with how many messages were refused', async () => {
  const deviceId = randomUUID();

  for (let index = 0; index < 5_000; index += 1) site.server.app.receive(deviceId, 'ack', Uint8Array.of(1));
  await site.server.app.settle();
  site.server.clock.advance(60_000);

  const lines = site.server.logged
    .map((line) => JSON.parse(line) as { event: string; deviceId: string; note: string; count: number })
    .filter(({ event }) => event === 'device message refused');
  expect(lines.map((line) => line.deviceId)).toEqual([deviceId, deviceId]);
  expect(lines.map(({ count }) => count)).toEqual([1, 4_999]);
  expect(lines[0]?.note).toBe('too many messages');
});
