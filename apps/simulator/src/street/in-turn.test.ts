import { expect, test } from 'vitest';
import { createQueue } from './in-turn.ts';

test('Work is done one after the other, also after a failure.', async () => {
  const inTurn = createQueue(10);
  const done: string[] = [];
  const first = inTurn(async () => {
    await Promise.resolve();
    done.push('first');
    throw new Error('failed');
  });
  const second = inTurn(() => Promise.resolve(done.push('second')));
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(done).toEqual(['first', 'second']);
});

test('More work than may wait is refused, and taken again later.', async () => {
  const inTurn = createQueue(1);
  const first = inTurn(() => Promise.resolve(1));
  await expect(inTurn(() => Promise.resolve(2))).rejects.toThrow('temporarily_unavailable');
  expect(await first).toBe(1);
  expect(await inTurn(() => Promise.resolve(3))).toBe(3);
});
