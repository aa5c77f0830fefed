import { describe, expect, it } from 'vitest';
import { isErased, sideBySide } from './side-by-side.ts';

describe('before and after', () => {
  it('stand side by side, what has changed first', () => {
    const before = { name: 'Door', location: 'Yard', locks: ['a'] };
    const after = { name: 'Cellar', location: 'Yard', locks: ['a'], maxUses: 3 };

    expect(sideBySide({ before, after })).toEqual([
      { field: 'name', before: 'Door', after: 'Cellar', isChanged: true },
      { field: 'maxUses', before: undefined, after: 3, isChanged: true },
      { field: 'location', before: 'Yard', after: 'Yard', isChanged: false },
      { field: 'locks', before: ['a'], after: ['a'], isChanged: false },
    ]);
  });

  it('are nothing where an entry changed nothing', () => {
    expect(sideBySide({})).toEqual([]);
  });

  it('know what was erased from a value that only looks like it', () => {
    expect([{ erased: true }, { erased: 'yes' }, 'erased', null].map(isErased)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
