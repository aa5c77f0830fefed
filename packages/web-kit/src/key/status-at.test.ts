import { describe, expect, it } from 'vitest';
import { statusAt } from './status-at.ts';

const now = 1_000_000;

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
