import { addLockInput } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { locationProblem, nameProblem } from './lock-words.ts';

const texts = [
  'Front door',
  '  Front door  ',
  'x'.repeat(80),
  'x'.repeat(81),
  `x${'🚪'.repeat(79)}`,
  '🚪'.repeat(81),
  'x'.repeat(120),
  'x'.repeat(121),
  `${'x'.repeat(80)} `,
  '',
  ' ',
  'two\nlines',
  'a\u0000b',
  'turned \u202e',
  '\u200b\u200f',
  '\u2800',
  'Tür \u2800',
  '\ud800x',
  'Tür 门 🚪',
];

const isAccepted = (field: 'name' | 'location', text: string) =>
  addLockInput.shape[field].safeParse(text).success;

describe('what people call a lock', () => {
  it.each(texts)('judges the name %j as the API does', (text) => {
    expect(nameProblem(text) === null).toBe(isAccepted('name', text));
  });

  it.each(texts)('judges the location %j as the API does', (text) => {
    expect(locationProblem(text) === null).toBe(isAccepted('location', text));
  });
});
