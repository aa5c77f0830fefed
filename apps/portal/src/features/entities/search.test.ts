import type { Entity } from '@claviger/protocol';
import { expect, it } from 'vitest';
import { choose, readSearch } from './search.ts';

const entity = (name: string, more: Partial<Entity> = {}): Entity => ({
  ...{ id: name, name, code: name.toUpperCase(), description: '', address: '', kind: 'community' },
  ...{ zone: 'Europe/Berlin', role: 'community_manager', lockCount: 0, userCount: 1, isProvisional: false },
  ...{ createdAt: 0, version: 1, ...more },
});
const all = [
  entity('Mill', { lockCount: 3, createdAt: 1, address: 'River Lane' }),
  entity('arcade', { kind: 'commercial', createdAt: 3, code: 'ZOO' }),
  entity('Tower 10', { createdAt: 2 }),
  entity('Tower 9'),
];
const names = (search: object) => choose(all, readSearch({ ...search }), 'en').map(({ name }) => name);

it('sorts by name as people count, and otherwise as was chosen', () => {
  expect(names({})).toEqual(['arcade', 'Mill', 'Tower 9', 'Tower 10']);
  expect(names({ sort: 'code' })).toEqual(['Mill', 'Tower 9', 'Tower 10', 'arcade']);
  expect(names({ sort: 'locks' })[0]).toBe('Mill');
  expect(names({ sort: 'newest' })[0]).toBe('arcade');
});

it('finds by kind, and by a text of name, code or address', () => {
  expect(names({ kind: 'commercial' })).toEqual(['arcade']);
  expect(names({ text: 'zoo' })).toEqual(['arcade']);
  expect(names({ text: 'river' })).toEqual(['Mill']);
  expect(names({ text: 10 })).toEqual(['Tower 10']);
});

it('heals an address that says what it does not know', () => {
  expect(readSearch({ kind: 'castle', sort: 'name', text: '  ' })).toEqual({});
});
