import type { User } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../../app/edit/draft.ts';
import { platesWith, userEditor } from './user-draft.ts';

const { afterTelling, changeOf, overtakenFields, shownIn, withTyped } = userEditor;

const user: User = {
  ...{ id: 'u', name: 'Grace', email: 'grace@example.com', phone: '', mobile: '', plates: ['B 1'] },
  ...{
    status: 'active',
    role: 'resident',
    signIn: 'none',
    isElsewhere: false,
    may: [],
    createdAt: 0,
    version: 1,
  },
  entities: [
    { id: 'a', code: 'A', name: 'A', role: 'resident' },
    { id: 'b', code: 'B', name: 'B', role: 'resident' },
  ],
};

describe('what was changed of a User', () => {
  it('is what differs, without the order of Entities', () => {
    const draft = withTyped(emptyDraft, { name: ' Grace ', entityIds: ['b', 'a'], plates: ['B 2'] }, user);
    expect(changeOf(draft, user)).toEqual({ plates: ['B 2'] });
    expect(shownIn(draft, user).phone).toBe('');
  });

  it('is overtaken by another change of the same field alone, until that was told', () => {
    const draft = withTyped(emptyDraft, { name: 'Hopper' }, user);
    expect(overtakenFields(draft, { ...user, phone: '030 1' })).toEqual([]);
    const now = { ...user, name: 'Amazing' };
    expect(overtakenFields(draft, now)).toEqual(['name']);
    expect(overtakenFields(afterTelling(draft, now), now)).toEqual([]);
  });
});

describe('the plates of a User', () => {
  const many = Array.from({ length: 10 }, (_, n) => `B ${String(n)}`);

  it.each([
    { what: 'have what stands in the entry', of: ['B 1'], entry: ' hh-x 1 ', then: ['B 1', 'HH-X 1'] },
    { what: 'have each once', of: ['B 1'], entry: 'b 1', then: ['B 1'] },
    { what: 'are as they were where nothing was typed', of: ['B 1'], entry: ' ', then: ['B 1'] },
    { what: 'are ten at most', of: many, entry: 'B 77', then: many },
  ])('$what', ({ of, entry, then }) => {
    expect(platesWith(of, entry)).toEqual(then);
  });
});
