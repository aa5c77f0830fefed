import type { ShownKey } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { afterAnswer, afterOpening, firstKnowledge, waitS } from './knowledge.ts';

const at = 1_000_000;
const lock: ShownKey['locks'][number] = {
  ...{ id: 'front', name: 'Front door', location: '', proofs: [] },
  ...{ isOnline: true, unlockForMs: 5_000 },
};

function keyWith(uses?: { left: number; max: number }): ShownKey {
  return {
    ...{ place: 'Home', address: '', zone: 'UTC', name: 'Grace', status: 'active', serverAt: at },
    hasPicture: false,
    ...(uses && { maxUses: uses.max }),
    locks: [uses ? { ...lock, usesLeft: uses.left } : lock],
  };
}

const told = (value: ShownKey) => ({ kind: 'told', value }) as const;
const refused = (code: string, retryAfterS?: number) => ({ kind: 'refused', code, retryAfterS }) as const;
const known = (left: number, max = 3) => firstKnowledge(keyWith({ left, max }), at);
const leftOf = ({ shown }: { readonly shown: ShownKey }) => shown.locks[0]?.usesLeft;

describe('the uses that a key page shows', () => {
  it('follow every step of an opening at once', () => {
    expect(leftOf(afterOpening(known(3), { lockId: 'front', uses: { left: 2, max: 3 } }))).toBe(2);
  });

  it('are given back by no answer that was overtaken by a newer one', () => {
    const opened = afterOpening(known(3), { lockId: 'front', uses: { left: 2, max: 3 } });

    expect(leftOf(afterAnswer(opened, told(keyWith({ left: 3, max: 3 })), at))).toBe(2);
    expect(leftOf(afterOpening(opened, { lockId: 'front', uses: { left: 3, max: 3 } }))).toBe(2);
  });

  it('rise and fall with the maximum', () => {
    expect(leftOf(afterAnswer(known(1), told(keyWith({ left: 3, max: 5 })), at))).toBe(3);
    expect(leftOf(afterOpening(known(1), { lockId: 'front', uses: { left: 3, max: 5 } }))).toBe(1);
    expect(leftOf(afterAnswer(known(4, 5), told(keyWith({ left: 1, max: 2 })), at))).toBe(1);
    expect(leftOf(afterAnswer(known(1, 5), told(keyWith({ left: 0, max: 2 })), at))).toBe(0);
  });

  it('are none where the Key has no maximum', () => {
    const free = firstKnowledge(keyWith(), at);

    expect(leftOf(afterOpening(free, { lockId: 'front', uses: undefined }))).toBeUndefined();
    expect(leftOf(afterAnswer(known(1), told(keyWith()), at))).toBeUndefined();
    expect(leftOf(afterAnswer(free, told(keyWith({ left: 2, max: 2 })), at))).toBe(2);
  });
});

describe('what a key page knows', () => {
  it('waits for as long as the server says, and keeps what it shows as it is', () => {
    const waiting = afterAnswer(known(3), refused('too_many_requests', 7), at);

    expect([at, at + 6_001, at + 7_000].map((now) => waitS(waiting, now))).toEqual([7, 1, 0]);
    expect(waiting).toMatchObject({ isSilent: false, shown: { status: 'active' } });
    expect(waitS(afterAnswer(waiting, told(keyWith()), at), at)).toBe(0);
  });

  it('is that the Key was taken back where its link leads nowhere any more', () => {
    expect(afterAnswer(known(3), refused('not_found'), at).shown.status).toBe('revoked');
  });

  it.each([{ kind: 'silent' } as const, refused('internal_fault')])(
    'may be old after %j, until an answer comes',
    (answer) => {
      const old = afterAnswer(known(3), answer, at);

      expect(old).toMatchObject({ isSilent: true, shown: { status: 'active' } });
      expect(afterAnswer(old, told(keyWith()), at).isSilent).toBe(false);
    },
  );
});
