import type { ActivityEvent } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { areTooMany, arrivalsLimit, arrivalsOf, arrive, showWaiting } from './arrivals.ts';

const event = (at: number): ActivityEvent => ({
  id: `d.1.${at}`,
  lockId: 'l1',
  lockName: 'Front door',
  type: 'lock_unlocked',
  at,
  uncertaintyMs: 0,
  receivedAt: at,
  sequence: at,
  logEpoch: 1,
});

const times = (events: readonly ActivityEvent[]) => events.map(({ at }) => at);

describe('what comes live for a list', () => {
  it('is shown at once, newest first', () => {
    const arrivals = arrive(arrive(arrivalsOf(undefined, 'all'), [event(1)], false), [event(2)], false);
    expect(times(arrivals.shown)).toEqual([2, 1]);
    expect(arrivals.waiting).toEqual([]);
  });

  it('waits while somebody reads, and is shown when asked for', () => {
    const held = arrive(arrive(arrivalsOf(undefined, 'all'), [event(1)], false), [event(3), event(2)], true);
    expect(times(held.shown)).toEqual([1]);
    expect(times(held.waiting)).toEqual([3, 2]);
    expect(times(showWaiting(held).shown)).toEqual([3, 2, 1]);
    expect(showWaiting(held).waiting).toEqual([]);
  });

  it('does not reach the list of another filter', () => {
    const arrivals = arrive(arrivalsOf(undefined, 'all'), [event(1)], false);
    expect(arrivalsOf(arrivals, 'all')).toBe(arrivals);
    expect(arrivalsOf(arrivals, 'garage')).toEqual({ listName: 'garage', shown: [], waiting: [] });
  });

  it('is too much to keep beyond the limit', () => {
    const many = Array.from({ length: arrivalsLimit }, (_, at) => event(at));
    const full = arrive(arrivalsOf(undefined, 'all'), many, false);
    expect(areTooMany(full)).toBe(false);
    expect(areTooMany(arrive(full, [event(arrivalsLimit)], true))).toBe(true);
  });
});
