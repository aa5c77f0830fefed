import { expect, test } from 'vitest';
import { createLineReader } from './line-reader.ts';

function readAll(chunks: readonly string[], limit = 10): string[] {
  const heard: string[] = [];
  const read = createLineReader(limit, {
    onLine: (line) => heard.push(line),
    onTooLong: () => heard.push('(too long)'),
  });
  chunks.forEach(read);
  return heard;
}

test('Lines are put together however they arrive.', () => {
  expect(readAll(['one\ntw', 'o', '\n\nthree\nrest'])).toEqual(['one', 'two', '', 'three']);
});

test('A line of exactly the limit is read, a longer one is left out up to its end.', () => {
  expect(readAll(['0123456789\n'])).toEqual(['0123456789']);
  expect(readAll(['0123456789A\nnext\n'])).toEqual(['(too long)', 'next']);
});

test('A line without an end is given up once, and what follows its end is read.', () => {
  expect(readAll(['0123456789', 'ABC', 'DEF', 'GHI\nnext\n'])).toEqual(['(too long)', 'next']);
});
