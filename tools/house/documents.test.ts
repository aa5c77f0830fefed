import { describe, expect, it } from 'vitest';
import { brokenLinks, isDocument, recordFaults } from './documents.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

const files = new Set(repositoryFiles());
const records = [...files].filter((path) => /^docs\/decisions\/.+/.test(path));

const record = (lines: number) => `# 0001 Doors\n\n## Date\n\n2026-11-25\n\n## Status\n\nAccepted\n
## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\n${'Then.\n'.repeat(lines - 20)}`;

it('the glossary has one line for each word, however it is spelled', () => {
  const words = Array.from(textOf('GLOSSARY.md').matchAll(/^\| (?!-|word )([^|]+?) +\|/gm), ([, word]) =>
    (word ?? '').toLowerCase(),
  );

  expect(words.length).toBeGreaterThan(50);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

describe('a document', () => {
  it('links only to what is there', () => {
    const broken = [...files]
      .filter(isDocument)
      .flatMap((path) => brokenLinks(path, textOf, files).map((link) => `${path}: ${link}`));

    expect(broken).toEqual([]);
  });

  it('is found with a link that leads nowhere, and with a heading that is not there', () => {
    const texts: Record<string, string> = {
      'README.md':
        '[a](docs/b.md) [b](docs/b.md#the-door) [c](docs) [d](https://example.org/x) [e](docs/absent.md) ' +
        '[f](docs/b.md#absent)\n\n```\n[g](absent)\n```\n',
      'docs/b.md': '# The door!\n\n[up](../README.md) [h](../absent.md) [i](#absent)\n',
    };
    const broken = Object.keys(texts).map((path) =>
      brokenLinks(path, (name) => texts[name] ?? '', new Set(Object.keys(texts))),
    );

    expect(broken).toEqual([
      ['docs/absent.md', 'docs/b.md#absent'],
      ['../absent.md', '#absent'],
    ]);
  });
});

describe("the operator's page about the database", () => {
  const source = textOf('apps/server/src/platform/database/problem.ts');
  const codes = Array.from(source.matchAll(/^ {2}\| '(\w+)'/gm), ([, code]) => code);

  it('has a row for every problem that the server names, and for no other', () => {
    const rows = textOf('docs/operate/database.md').matchAll(/^\| `(\w+)` /gm);

    expect(codes.length).toBeGreaterThan(10);
    expect(Array.from(rows, ([, code]) => code)).toEqual(codes);
  });
});

describe('a decision record', () => {
  it.each(records)('has the five headings and at most sixty lines: %s', (path) => {
    expect(recordFaults(path, textOf(path))).toEqual([]);
  });

  it('is found without a heading, too long or without a number', () => {
    const path = 'docs/decisions/0001-doors.md';

    expect(recordFaults(path, record(60))).toEqual([]);
    expect(recordFaults(path, record(61))).toEqual([`${path}: it has 61 lines`]);
    expect(recordFaults(path, record(30).replace('## Status', '**Status**'))).toHaveLength(1);
    expect(recordFaults('docs/decisions/doors.md', record(30))).toHaveLength(1);
  });
});
