import { extname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

/** What belongs to the place where this is made and says nothing to a reader. Each pattern misses itself. */
const PRIVATE = [
  /(?<![\w.-])\/wor[k]\/(main|shared|\.)/,
  /(?<![\w.-])\/tm[p]\/(brief|h\d)/,
  /\bregistr[y]\.[\w-]+\.[a-z]+/,
  /_auth[T]oken/,
  /\b(session|sub-?agent) helpe[r]s?\b/i,
  /\bhelper sessio[n]s?\b/i,
];

const BINARY = new Set(['.png', '.jpg', '.ico', '.woff2', '.pdf', '.gz', '.webp']);

function privateWords(path: string, text: string): string[] {
  return PRIVATE.flatMap((word) => word.exec(text)?.[0] ?? []).map((word) => `${path}: ${word}`);
}

describe('the files of the repository', () => {
  it('speak of the product only', () => {
    const texts = repositoryFiles().filter((path) => !BINARY.has(extname(path)));

    expect(texts.flatMap((path) => privateWords(path, textOf(path)))).toEqual([]);
  });

  it.each([
    ['/wor', 'k/main/node_modules'],
    ['/tm', 'p/brief/door.md'],
    ['https://registr', 'y.example.org/zod'],
    ['_auth', 'Token=1'],
    ['a session help', 'er wrote this'],
  ])('are found speaking of %s%s', (...halves) => {
    expect(privateWords('a.md', halves.join(''))).toHaveLength(1);
  });

  it('may speak of a working folder, a temporary one and a registry', () => {
    expect(privateWords('a.md', 'src/work/main.ts, /tmp/claviger-1, the npm registry')).toEqual([]);
  });
});
