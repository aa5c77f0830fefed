import { shownTextLimit } from '@claviger/protocol';
import { describe, expect, test } from 'vitest';
import { fileProblem, pictureLimitBytes, readingOf, searchedSize, sizeProblem } from './picture-limits.ts';

describe('a file given to the QR reader', () => {
  test.each([
    ['a picture', { type: 'image/png', size: 900 }, undefined],
    ['a picture as heavy as may be', { type: 'image/jpeg', size: pictureLimitBytes }, undefined],
    ['one byte more', { type: 'image/jpeg', size: pictureLimitBytes + 1 }, 'too_heavy'],
    ['a drawing, which could be of any size', { type: 'image/svg+xml', size: 900 }, 'not_a_picture'],
    ['a document', { type: 'application/pdf', size: 900 }, 'not_a_picture'],
    ['a file of no known type', { type: '', size: 900 }, 'not_a_picture'],
  ])('that is %s is judged before it is opened', (_title, file, problem) => {
    expect(fileProblem(file)).toBe(problem);
  });

  test.each([
    ['a photo of 48 million pixels', { width: 8_000, height: 6_000 }, undefined],
    ['a small file of 400 million pixels', { width: 20_000, height: 20_000 }, 'too_large'],
    ['a ribbon', { width: 50_000_001, height: 1 }, 'too_large'],
    ['nothing', { width: 0, height: 0 }, 'not_a_picture'],
  ])('that is %s is judged before it is unpacked', (_title, size, problem) => {
    expect(sizeProblem(size)).toBe(problem);
  });

  test('is searched as it is when small, and made smaller in proportion when large', () => {
    expect(searchedSize({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
    expect(searchedSize({ width: 4_000, height: 3_000 })).toEqual({ width: 1_600, height: 1_200 });
    expect(searchedSize({ width: 50_000, height: 1 })).toEqual({ width: 1_600, height: 1 });
  });

  test('gives its text, unless no reader hands over so much', () => {
    expect(readingOf('x'.repeat(shownTextLimit))).toMatchObject({ type: 'text' });
    expect(readingOf('x'.repeat(shownTextLimit + 1))).toEqual({ type: 'problem', problem: 'text_too_long' });
    expect(readingOf(undefined)).toEqual({ type: 'problem', problem: 'no_qr' });
  });
});
