import { describe, expect, it } from 'vitest';
import { obstacleTo, statusAt } from './obstacle.ts';

const now = 1_000_000;
const shown = { status: 'active', validFrom: now - 1, validUntil: now + 1 } as const;
const lock = { isOnline: true } as const;
const moment = { now, isSilent: false };

describe('Open on the page of a key', () => {
  it('works while the key is valid and its door is heard', () => {
    expect(obstacleTo(lock, shown, moment)).toBeUndefined();
    expect(obstacleTo({ ...lock, usesLeft: 1 }, { status: 'active' }, moment)).toBeUndefined();
  });

  it.each([
    ['the key has ended meanwhile', lock, { ...shown, validUntil: now }, moment, 'expired'],
    ['the key has not begun', lock, { ...shown, validFrom: now + 1 }, moment, 'not_yet'],
    ['the key was taken back', lock, { ...shown, status: 'revoked' }, moment, 'revoked'],
    ['all uses are spent', { ...lock, usesLeft: 0 }, shown, moment, 'used_up'],
    ['the server is not heard', lock, shown, { now, isSilent: true }, 'no_network'],
    ['the door is not heard', { isOnline: false }, shown, moment, 'door_offline'],
    ['the door was just opened', { ...lock, openableAt: now + 2_000 }, shown, moment, 'cooldown'],
  ] as const)('says why not when %s', (_what, of, key, when, kind) => {
    expect(obstacleTo(of, key, when)?.kind).toBe(kind);
  });

  it('waits no minute longer because a clock is off', () => {
    expect(obstacleTo({ ...lock, openableAt: now + 3_600_000 }, shown, moment)).toEqual({
      kind: 'cooldown',
      leftMs: 60_000,
    });
  });
});

describe('the status of a key', () => {
  it('moves on with the clock while the page stands open', () => {
    const key = { status: 'not_yet', validFrom: now, validUntil: now + 10 } as const;
    expect([now - 1, now, now + 9, now + 10].map((at) => statusAt(key, at))).toEqual([
      'not_yet',
      'active',
      'active',
      'expired',
    ]);
  });

  it('stays what only the server can say', () => {
    expect(statusAt({ status: 'suspended' }, now)).toBe('suspended');
  });
});
