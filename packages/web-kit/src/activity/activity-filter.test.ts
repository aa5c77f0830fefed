import type { ActivityEvent } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { filterOf, matchesFilter, mergeEvents, queryOf } from './activity-filter.ts';

const event = (change: Partial<ActivityEvent> = {}): ActivityEvent => ({
  id: 'd.1.1',
  lockId: 'l1',
  lockName: 'Front door',
  type: 'lock_unlocked',
  at: 1_000,
  uncertaintyMs: 0,
  receivedAt: 1_000,
  sequence: 1,
  logEpoch: 1,
  ...change,
});

describe('the filter that people set', () => {
  it("covers both dates whole, in the Entity's zone", () => {
    const filter = filterOf({ from: '2026-10-25', to: '2026-10-25', isAdvanced: false }, 'Europe/Berlin');
    expect((filter.until ?? 0) - (filter.from ?? 0)).toBe(25 * 3_600_000);
  });

  it('leaves out what is not set', () => {
    expect(filterOf({ isAdvanced: true }, 'UTC')).toEqual({ advanced: true });
    expect(queryOf({ advanced: true })).toEqual({ advanced: 'true' });
  });

  it('reaches the query string whole', () => {
    const choice = {
      lockId: 'l1',
      location: 'Cellar',
      type: 'tampered',
      key: '0190a0b0',
      email: 'noor@example.org',
      from: '2026-01-01',
      isAdvanced: false,
    } as const;
    expect(queryOf(filterOf(choice, 'UTC'))).toEqual({
      lockId: 'l1',
      location: 'Cellar',
      type: 'tampered',
      key: '0190a0b0',
      email: 'noor@example.org',
      from: Date.UTC(2026, 0, 1),
      advanced: 'false',
    });
  });
});

describe('a live event', () => {
  it.each([
    ['routine', event(), { advanced: false }, true],
    ['not routine', event({ type: 'link_lost' }), { advanced: false }, false],
    ['not routine, with Advanced', event({ type: 'link_lost' }), { advanced: true }, true],
    ['of the chosen type', event({ type: 'link_lost' }), { advanced: true, type: 'link_lost' }, true],
    ['of another type', event(), { advanced: true, type: 'link_lost' }, false],
    ['of another lock', event(), { advanced: false, lockId: 'l2' }, false],
    ['of the chosen Key', event({ keyId: 'abc-1' }), { advanced: false, key: 'ABC' }, true],
    ['of another Key', event({ keyId: 'abd-1' }), { advanced: false, key: 'abc' }, false],
    ['of no Key', event(), { advanced: false, key: 'abc' }, false],
    ['of a lock at the chosen location', event(), { advanced: false, location: 'Cellar' }, true],
    ['of a lock elsewhere', event(), { advanced: false, location: 'Attic' }, false],
    ['of a lock nobody knows', event({ lockId: 'l9' }), { advanced: false, location: 'Cellar' }, false],
    ['before the first instant', event({ at: 999 }), { advanced: false, from: 1_000 }, false],
    ['at the first instant', event(), { advanced: false, from: 1_000 }, true],
    ['at the end', event(), { advanced: false, until: 1_000 }, false],
  ] as const)('that is %s: %#', (...[, candidate, filter, isShown]) => {
    const locationOf = (lockId: string) => (lockId === 'l1' ? 'Cellar' : undefined);
    expect(matchesFilter(candidate, filter, locationOf)).toBe(isShown);
  });

  it('is listed once, newest first, even when it arrives late', () => {
    const listed = [event({ id: 'c', at: 30 }), event({ id: 'a', at: 10 })];
    const arrived = [event({ id: 'b', at: 20 }), event({ id: 'c', at: 30 })];
    expect(mergeEvents(arrived, listed).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('keeps the order of the door within one millisecond', () => {
    const [first, second] = [event({ id: '1', sequence: 1 }), event({ id: '2', sequence: 2 })];
    expect(mergeEvents([second], [first]).map(({ id }) => id)).toEqual(['2', '1']);
  });
});
