import { describe, expect, it } from 'vitest';
import { readSearch } from './search.ts';

const lock = '0192f0c1-2b3c-7d4e-8f50-61728394a5b6';

describe('the filters in an address', () => {
  it('are read as they stand', () => {
    const dates = { from: '2026-11-01', to: '2026-11-22' };
    const search = {
      lock,
      location: 'Cellar',
      type: 'lock_unlocked',
      key: '0192f0c1',
      email: 'noor@example.org',
      ...dates,
      advanced: true,
    };
    expect(readSearch(search)).toEqual(search);
  });

  it.each([
    ['a lock that is no identifier', { lock: 'front door' }],
    ['a location without a letter', { location: ' ' }],
    ['a location that nothing has', { location: 'x'.repeat(121) }],
    ['a key that is longer than its name can be', { key: '0'.repeat(37) }],
    ['an address that is longer than one can be', { email: 'x'.repeat(255) }],
    ['so little of an address that nearly all have it', { email: 'no' }],
    ['a type that does not exist', { type: 'door_sang' }],
    ['dates that are none', { from: 'yesterday', to: '2026-13-41' }],
    ['a number for a date', { from: 20261122 }],
    ['a text for the switch', { advanced: 'very' }],
    ['things nobody asked for', { page: 3 }],
    ['the switch at rest', { advanced: false }],
  ])('heal %s', (_what, raw) => {
    expect(readSearch(raw)).toEqual({});
  });

  it('know a location that looks like a number', () => {
    expect(readSearch({ location: 7 })).toEqual({ location: '7' });
  });

  it('keep what is good beside what is not', () => {
    expect(readSearch({ lock, type: 'door_sang' })).toEqual({ lock });
  });

  it('drop the end of a range that ends before it begins', () => {
    expect(readSearch({ from: '2026-11-22', to: '2026-11-01' })).toEqual({ from: '2026-11-22' });
  });

  it('switch Advanced on for a type that routine monitoring leaves out', () => {
    expect(readSearch({ type: 'link_lost' })).toEqual({ type: 'link_lost', advanced: true });
    expect(readSearch({ type: 'key_accepted' })).toEqual({ type: 'key_accepted' });
  });
});
