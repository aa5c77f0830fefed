import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../oracle/chance.ts';
import { Ambient, poisonGlobals } from './poison.ts';
import { createScheduler } from './scheduler.ts';
import { createTrace } from './trace.ts';

const never = (): boolean => false;

/** The order in which twenty things happen that are planned for the same instant, and for later ones. */
async function orderOf(seed: number): Promise<string> {
  const scheduler = createScheduler(chanceOf(seed), 1_000);
  const order: string[] = [];
  for (let number = 0; number < 20; number += 1) {
    scheduler.after(number % 2, () => order.push(`${number}@${scheduler.now()}`));
  }
  await scheduler.play(2_000, never);
  return order.join(' ');
}

describe('the scheduler', () => {
  it('plays what is earlier first, and what is at once in an order that the seed draws', async () => {
    const first = await orderOf(1);
    expect(first.indexOf('@1000')).toBeLessThan(first.indexOf('@1001'));
    expect(first.lastIndexOf('@1000')).toBeLessThan(first.indexOf('@1001'));

    expect(await orderOf(1)).toBe(first);
    expect(await orderOf(2)).not.toBe(first);
  });

  it('lets tasks wait for each other on the simulated time, one running at a time', async () => {
    const scheduler = createScheduler(chanceOf(1), 0);
    const told: string[] = [];
    for (const [name, ms] of [
      ['a', 30],
      ['b', 20],
    ] as const) {
      scheduler.spawn(0, async () => {
        await scheduler.pause(ms);
        told.push(`${name} at ${scheduler.now()}`);
        await scheduler.pause(ms);
        told.push(`${name} at ${scheduler.now()}`);
      });
    }
    await scheduler.play(100, never);

    expect(told).toEqual(['b at 20', 'a at 30', 'b at 40', 'a at 60']);
  });

  it('throws what a task throws', async () => {
    const scheduler = createScheduler(chanceOf(1), 0);
    scheduler.spawn(5, async () => {
      await scheduler.pause(1);
      throw new Error('in the middle');
    });

    await expect(scheduler.play(10, never)).rejects.toThrow('in the middle');
  });
});

describe('a poisoned world', () => {
  it.each([
    ['the time', () => Date.now()],
    ['the date', () => new Date()],
    ['chance', () => Math.random()],
    ['a timer', () => setTimeout(never, 1)],
    ['a stopwatch', () => performance.now()],
    ['an identifier', () => crypto.randomUUID()],
    ['the network', () => fetch('http://localhost')],
  ])('has no way to %s, and gives it back afterwards', (_, reach) => {
    const restore = poisonGlobals();
    let fault: unknown;
    try {
      void reach();
    } catch (error) {
      fault = error;
    } finally {
      restore();
    }

    expect(fault).toBeInstanceOf(Ambient);
    expect(Date.now()).toBeGreaterThan(0);
  });

  it('still reads a date that it is told', () => {
    const restore = poisonGlobals();
    const text = new Date(0).toISOString();
    restore();

    expect(text).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('a trace', () => {
  it('has another digest where one line differs, and keeps the last lines for readers', () => {
    const told = (words: readonly string[]) => {
      const trace = createTrace(() => 0, 2);
      for (const word of words) trace.note('box 1', word);
      return { digest: trace.digest(), last: trace.lines.at(-1) };
    };

    expect(told(['a', 'b'])).toEqual(told(['a', 'b']));
    expect(told(['a', 'b']).digest).not.toBe(told(['a', 'c']).digest);
    expect(told(['a', 'b']).last).toBe('1970-01-01T00:00:00.000Z box 1     b');
  });
});
