import { expect, it } from 'vitest';
import { piecesOf } from './linked-text.ts';

const linksOf = (text: string) => piecesOf(text).flatMap((piece) => (piece.isLink ? [piece.text] : []));

it.each([
  [
    'with its fragment',
    'Open http://localhost:3000/k#abc_DEF-123\nuntil Friday',
    'http://localhost:3000/k#abc_DEF-123',
  ],
  ['without the full stop behind it', 'See https://example.org/k#t.', 'https://example.org/k#t'],
  ['without the bracket around it', '(https://example.org/k#t)', 'https://example.org/k#t'],
])('finds an address %s', (_what, text, link) => {
  expect(linksOf(text)).toEqual([link]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', '//example.org', 'Nothing at all', ''])(
  'makes no link of %j',
  (text) => {
    expect(linksOf(text)).toEqual([]);
  },
);

it('loses nothing of the text', () => {
  const text = 'a https://x.org/1, b http://y.org/2) c';
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
