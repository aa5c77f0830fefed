import type { Lock } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { attentionOf } from './attention.ts';

const lock = (change: Partial<Lock>): Lock => ({
  id: 'l1',
  name: 'Front door',
  location: '',
  status: 'active',
  serial: 'K7Q29XMD4T8A',
  model: 'virtual-door',
  isOnline: true,
  door: { state: 'secured', isTampered: false },
  minimumAssurance: 'low',
  takesStaticQr: false,
  takesCardNumbers: false,
  unlockForMs: 5_000,
  version: 1,
  ...change,
});

const kinds = (...locks: Lock[]) => attentionOf(locks).map(({ kind }) => kind);

describe('what needs somebody', () => {
  it('is nothing while all doors are well', () => {
    expect(
      kinds(lock({}), lock({ door: { state: 'open', isTampered: false } }), lock({ status: 'claiming' })),
    ).toEqual([]);
  });

  it('begins with the worst', () => {
    expect(
      kinds(
        lock({ status: 'unclaimed' }),
        lock({ isOnline: false }),
        lock({ door: { state: 'held_open', isTampered: false } }),
        lock({ status: 'error' }),
        lock({ olderDisk: { since: 8, cause: 'damaged_memory' } }),
        lock({ olderDisk: { since: 7, cause: 'earlier_boot' } }),
        lock({ door: { state: 'forced_open', isTampered: true } }),
      ),
    ).toEqual([
      'forced_open',
      'tampered',
      'older_disk',
      'damaged_memory',
      'error',
      'held_open',
      'offline',
      'unclaimed',
    ]);
  });

  it('does not repeat what an unheard door said before', () => {
    const door = { state: 'forced_open', isTampered: true, since: 5 } as const;
    expect(attentionOf([lock({ isOnline: false, offlineSince: 9, door })])).toMatchObject([
      { kind: 'offline', since: 9 },
    ]);
  });

  it('leaves an inactive lock alone', () => {
    expect(kinds(lock({ status: 'inactive', isOnline: false }))).toEqual([]);
  });
});
