import { describe, expect, it } from 'vitest';
import { obstacleToOpen } from './openable.ts';

const now = 1_000_000;
const ready = { status: 'active', isOnline: true } as const;

describe('what keeps a lock from being opened', () => {
  it('is nothing while it is active, online and rested', () => {
    expect(obstacleToOpen(ready, now)).toBeUndefined();
    expect(obstacleToOpen({ ...ready, openableAt: now }, now)).toBeUndefined();
  });

  it.each(['unclaimed', 'claiming', 'inactive', 'error'] as const)(
    'is its status while it is %s',
    (status) => {
      expect(obstacleToOpen({ ...ready, status, isOnline: false }, now)).toEqual({
        kind: 'not_active',
        status,
      });
    },
  );

  it('is its absence, since when it is known to be away', () => {
    expect(obstacleToOpen({ ...ready, isOnline: false, offlineSince: 7 }, now)).toEqual({
      kind: 'offline',
      since: 7,
    });
  });

  it('is the silence of the server, whatever was last known of the lock', () => {
    for (const isOnline of [true, false]) {
      expect(obstacleToOpen({ ...ready, isOnline }, now, { silentSince: 7 })).toEqual({
        kind: 'server_silent',
        since: 7,
      });
    }
  });

  it('is the cooldown until the instant at which it ends', () => {
    expect(obstacleToOpen({ ...ready, openableAt: now + 1_200 }, now)).toEqual({
      kind: 'cooldown',
      leftMs: 1_200,
    });
  });

  it('is the cooldown that the server told of when it refused, however long', () => {
    expect(obstacleToOpen(ready, now, { coolingUntil: now + 60_000 })).toEqual({
      kind: 'cooldown',
      leftMs: 60_000,
    });
    expect(obstacleToOpen(ready, now, { coolingUntil: now })).toBeUndefined();
  });

  it('never pauses for longer than a cooldown lasts, whatever the clocks say', () => {
    expect(obstacleToOpen({ ...ready, openableAt: now + 600_000 }, now)).toEqual({
      kind: 'cooldown',
      leftMs: 3_000,
    });
  });
});
