import type { User } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { afterTelling, changeOf, emptyDraft, overtakenFields, shownIn, withTyped } from './user-draft.ts';

const user: User = {
  ...{ id: 'u', name: 'Grace', email: 'grace@example.com', phone: '', mobile: '', plates: ['B 1'] },
  ...{ status: 'active', role: 'resident', signIn: 'none', isElsewhere: false, createdAt: 0, version: 1 },
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
