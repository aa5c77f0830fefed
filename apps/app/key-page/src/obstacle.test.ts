import { describe, expect, it } from 'vitest';
import { obstacleTo } from './obstacle.ts';

const now = 1_000_000;
const shown = { status: 'active', validFrom: now - 1, validUntil: now + 1 } as const;
const proofs = [{ proof: 'link', opens: 'alone' }] as const;
const lock = { isOnline: true, proofs };
const waiting = { for: 'key', since: now, takesQr: false } as const;
const strict = [{ proof: 'link', opens: 'never', obstacle: 'assurance_too_low' }] as const;
const moment = { now, isSilent: false };

describe('Open on the page of a key', () => {
  it('works while the key is valid and its door is heard', () => {
    expect(obstacleTo(lock, shown, moment)).toBeUndefined();
    expect(obstacleTo({ ...lock, usesLeft: 1 }, { status: 'active' }, moment)).toBeUndefined();
  });

  it.each([
    { when: 'the key has ended meanwhile', key: { ...shown, validUntil: now }, says: 'expired' },
    { when: 'the key has not begun', key: { ...shown, validFrom: now + 1 }, says: 'not_yet' },
    { when: 'the key was taken back', key: { ...shown, status: 'revoked' }, says: 'revoked' },
    { when: 'all uses are spent', of: { ...lock, usesLeft: 0 }, says: 'used_up' },
    { when: 'the server is not heard', at: { now, isSilent: true }, says: 'no_network' },
    { when: 'the door is not heard', of: { ...lock, isOnline: false }, says: 'door_offline' },
    { when: 'the door does not know the key', of: { ...lock, waiting }, says: 'unknown_key' },
    {
      when: 'the door waits for counters',
      of: { ...lock, waiting: { ...waiting, for: 'counters' } },
      says: 'held_back',
    },
    {
      when: 'it has lost them',
      of: { ...lock, waiting: { ...waiting, for: 'another_key' } },
      says: 'held_back',
    },
    { when: 'the lock asks for more', of: { ...lock, proofs: strict }, says: 'not_from_here' },
    { when: 'the door was just opened', of: { ...lock, openableAt: now + 2_000 }, says: 'cooldown' },
  ] as const)('says why not when $when', ({ of = lock, key = shown, at = moment, says }) => {
    expect(obstacleTo(of, key, at)?.kind).toBe(says);
  });

  it('waits no minute longer because a clock is off', () => {
    expect(obstacleTo({ ...lock, openableAt: now + 3_600_000 }, shown, moment)).toEqual({
      kind: 'cooldown',
      leftMs: 60_000,
    });
  });
});
