import { describe, expect, it } from 'vitest';
import { localeFor, regionalTag } from './locale.ts';

describe('the language of the page', () => {
  it.each([
    ['is the chosen one', 'zh', ['de-DE'], 'zh'],
    ['is the first of the browser that we speak', null, ['fr-FR', 'de-AT', 'en'], 'de'],
    ['is English where we speak none of them', null, ['fr', 'it'], 'en'],
    ['does not believe an unknown choice', 'tlh', ['de'], 'de'],
  ] as const)('%s', (...[, chosen, preferred, expected]) => {
    expect(localeFor(chosen, preferred)).toBe(expected);
  });

  it('formats with the region that the browser names', () => {
    expect(regionalTag('en', ['de-DE', 'en-GB'])).toBe('en-GB');
    expect(regionalTag('de', ['en-GB'])).toBe('de');
    expect(regionalTag('en', ['en-US@posix', 'en-GB'])).toBe('en-GB');
    expect(regionalTag('en', ['en', 'en-US'])).toBe('en-US');
  });

  it('formats day before month where no region is named', () => {
    expect(regionalTag('en', ['en'])).toBe('en-GB');
    expect(regionalTag('en', ['de-DE', 'fr'])).toBe('en-GB');
    expect(regionalTag('en', ['en-US@posix'])).toBe('en-GB');
  });
});
