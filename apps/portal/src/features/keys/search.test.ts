import { describe, expect, it } from 'vitest';
import { readSearch } from './search.ts';

const lock = '0190a0b0-1111-7222-8333-0a0b0c0d0e0f';

describe('the filters of Keys in an address', () => {
  it('are read as they were set', () => {
    const search = { lock, status: 'not_yet', type: 'guest', email: 'amina@', key: '0190' } as const;
    expect(readSearch(search)).toEqual(search);
  });

  it('heal where they cannot be read', () => {
    const raw = { lock: 'front', status: 'toString', type: 'pony', email: '  ', key: 7, page: 3 };
    expect(readSearch(raw)).toEqual({ key: '7' });
    expect(readSearch({ key: 'no key' })).toEqual({});
    expect(readSearch({ key: lock.replaceAll('-', '') })).toEqual({ key: lock.replaceAll('-', '') });
  });
});
