import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** How many sentences each chapter of SEMANTICS has. */
const chapters = { T: 17, P: 8, H: 9, C: 13, L: 5, K: 3, M: 9, U: 6, R: 3 };
const codes = Object.entries(chapters).flatMap(([chapter, count]) =>
  Array.from({ length: count }, (_, place) => `${chapter}${String(place + 1)}`),
);

/** The codes with which titles of tests in this folder begin. */
function testedCodes(): Set<string> {
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  return new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/['`]([A-Z]\d+) /g), ([, code]) => code ?? '')),
  );
}

describe('every sentence of SEMANTICS', () => {
  it('has a test that is named after it', () => {
    const tested = testedCodes();

    expect(codes.filter((code) => !tested.has(code))).toEqual([]);
  });

  it('is one that SEMANTICS has', () => {
    expect([...testedCodes()].filter((code) => !codes.includes(code))).toEqual([]);
  });
});
