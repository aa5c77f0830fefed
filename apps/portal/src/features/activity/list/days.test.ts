import type { ActivityEvent } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { byDay } from './days.ts';

const event = (at: string): ActivityEvent => ({
  id: at,
  lockId: 'l1',
  lockName: 'Front door',
  type: 'lock_unlocked',
  at: Date.parse(at),
  uncertaintyMs: 0,
  receivedAt: Date.parse(at),
  sequence: 1,
  logEpoch: 1,
});

it("puts events under the days of the Entity's calendar, in their order", () => {
  const late = event('2026-11-22T23:30:00Z');
  const noon = event('2026-11-22T12:00:00Z');
  const night = event('2026-11-21T22:59:00Z');
  expect(byDay([late, noon, night], 'Europe/Berlin')).toEqual([
    { date: '2026-11-23', events: [late] },
    { date: '2026-11-22', events: [noon] },
    { date: '2026-11-21', events: [night] },
  ]);
  expect(byDay([late, noon], 'UTC')).toHaveLength(1);
});
