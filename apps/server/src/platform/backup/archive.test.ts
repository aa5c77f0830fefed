import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { endOf, readArchive } from './archive.ts';

const damage = new Error('damaged');

/** An archive that breaks off within its one file, when that is being taken. */
async function* brokenOff(isTaken: Promise<void>): AsyncGenerator<Buffer> {
  const whole = pack();
  whole.entry({ name: 'file' }, Buffer.alloc(4_096));
  whole.finalize();
  yield (await buffer(whole)).subarray(0, 1_024);
  await isTaken;
  throw damage;
}

describe('an archive that breaks off', () => {
  it('is closed when the entry in hand is over, which is told of it', async () => {
    const seen: string[] = [];
    const taken = Promise.withResolvers<void>();
    const archive = readArchive(async ({ content }) => {
      seen.push('begun');
      taken.resolve();
      await expect(buffer(content)).rejects.toThrow();
      for (let turn = 0; turn < 100; turn += 1) await setImmediate();
      seen.push('cleaned up');
    });

    await expect(pipeline(brokenOff(taken.promise), archive)).rejects.toBe(damage);
    await endOf(archive);

    expect(seen).toEqual(['begun', 'cleaned up']);
  });
});
