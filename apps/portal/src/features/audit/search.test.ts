import { describe, expect, it } from 'vitest';
import { changedSearch, isNarrowed, readSearch } from './search.ts';

const lock = '0192f0c1-2b3c-7d4e-8f50-61728394a5b6';

describe('the filters of the Audit in an address', () => {
  it('are read as they stand', () => {
    const ids = { lock, user: lock, object: lock, request: lock };
    const dates = { from: '2026-11-01', to: '2026-11-22' };
    const view = { sort: 'operation', order: 'asc', rows: 50, page: 3 };
    const search = { search: 'Ada', operation: 'lock.open', status: 'refused', ...ids, ...dates, ...view };
    expect(readSearch(search)).toEqual(search);
  });

  it.each([
    ['identifiers that are none', { lock: 'x', user: 7, object: '', request: '0192f0c1' }],
    ['a text that is too long', { search: 'x'.repeat(81) }],
    ['a text without a letter', { search: ' ' }],
    ['an operation that cannot be one', { operation: 'Lock opened' }],
    ['a status that does not exist', { status: 'perhaps' }],
    ['dates that are none', { from: 'yesterday', to: '2026-13-41' }],
    ['another order, sorting or size', { order: 'desc', sort: 'time', rows: 7 }],
    ['things nobody asked for', { colour: 'red' }],
    ['a page that is the first, or none', { page: 1 }],
    ['a page between two', { page: 2.5 }],
    ['a page in words', { page: 'last' }],
  ])('heal %s', (_what, raw) => {
    expect(readSearch(raw)).toEqual({});
  });

  it('begin at the first page when anything of them changes', () => {
    expect(changedSearch({ search: 'Ada', page: 4 }, { status: 'refused' })).toEqual({
      search: 'Ada',
      status: 'refused',
    });
    expect(changedSearch({ search: 'Ada', page: 4 }, { page: 5 })).toEqual({ search: 'Ada', page: 5 });
  });

  it('name an object by a part of its identifier too', () => {
    expect(readSearch({ object: ' 94A5b6 ' })).toEqual({ object: '94A5b6' });
    expect(readSearch({ object: 4165 })).toEqual({ object: '4165' });
    expect(['4a5', 'xyz1', `${lock}0`].map((object) => readSearch({ object }))).toEqual([{}, {}, {}]);
  });

  it('have no end before their beginning', () => {
    expect(readSearch({ from: '2026-11-22', to: '2026-11-01' })).toEqual({ from: '2026-11-22' });
  });

  it('narrow the list, and its order and size do not', () => {
    expect(isNarrowed({ sort: 'outcome', order: 'asc', rows: 100, page: 2 })).toBe(false);
    expect(isNarrowed({ status: 'done', rows: 100 })).toBe(true);
  });
});
