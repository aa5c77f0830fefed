import { describe, expect, it } from 'vitest';
import { namesGivenTwice, withoutByteOrderMark } from './strict-json.ts';

describe('a JSON document', () => {
  it('tells every name that an object has twice, with its place', () => {
    const text =
      '{"a": 1, "keys": [{"id": "a"}, {"id": "x", "n": {"b": [1, 2], "b": 3}, "id": "y"}], "a": 2}';

    expect(namesGivenTwice(text)).toEqual(['keys[1].n.b', 'keys[1].id', 'a']);
  });

  it('takes names as they are read, not as they are written', () => {
    expect(namesGivenTwice('{"id": 1, "\\u0069d": 2}')).toEqual(['id']);
    expect(namesGivenTwice('{"\\"": 1, "\\\\": 2, "\\\\\\"": 3}')).toEqual([]);
  });

  it('takes no value and no name of another object for a second one', () => {
    const text = '{"a": "a", "b": ["a", "b", "{\\"a\\":1,"], "c": {"a": {"a": ["a", {"a": 1}]}}, "d": []}';

    expect(namesGivenTwice(text)).toEqual([]);
    expect(namesGivenTwice('"a"')).toEqual([]);
  });

  it('is the same with a byte order mark before it', () => {
    expect(withoutByteOrderMark('\uFEFF{}')).toBe('{}');
    expect(withoutByteOrderMark('{}')).toBe('{}');
  });
});
