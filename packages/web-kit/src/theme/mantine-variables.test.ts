import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const ours = ['tokens.css', 'mantine.css', 'elements.css', 'layout.css'].map(read).join('\n');

const defined = new Set(namesIn(ours, /(--[\w-]+):/g));
const imported = namesIn(read('styles.css'), /@import '(@mantine[^']+)'/g);

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))];
}

it.each(imported)('everything that %s asks for has an answer among our tokens', (path) => {
  const needed = namesIn(read(`../../../../node_modules/${path}`), /var\(\s*(--mantine-[\w-]+)\s*\)/g);
  expect(needed.filter((name) => !defined.has(name))).toEqual([]);
});

it('our own sheets use only tokens that exist', () => {
  expect(namesIn(ours, /var\((--[\w-]+)\)/g).filter((name) => !defined.has(name))).toEqual([]);
});
