import { describe, expect, it } from 'vitest';
import { readSearch } from './search.ts';

describe('the filters of Users in an address', () => {
  it('are read as they stand, a number as the text that it was', () => {
    expect(readSearch({ text: ' hop ', status: 'deactivated' })).toEqual({
      text: 'hop',
      status: 'deactivated',
    });
    expect(readSearch({ text: 0 })).toEqual({ text: '0' });
  });

  it('heal what cannot be read', () => {
    expect(readSearch({ text: ['a'], status: 'gone', other: 1 })).toEqual({});
    expect(readSearch({ text: 'x'.repeat(100) }).text).toHaveLength(80);
    expect(readSearch({ text: `x${'😀'.repeat(100)}` }).text).toBe(`x${'😀'.repeat(79)}`);
  });
});
