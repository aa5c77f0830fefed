import { commandLivesForMs } from '@claviger/domain';
import { expect, it } from 'vitest';
import { intentionAt } from './intention.ts';

const first = intentionAt(1_000);

it('stays the same for another press while a command could still live', () => {
  expect(intentionAt(1_000 + commandLivesForMs - 1, first)).toBe(first);
});

it('is a new one after that', () => {
  const later = intentionAt(1_000 + commandLivesForMs, first);
  expect(later.startedAt).toBe(1_000 + commandLivesForMs);
  expect(later.key).not.toBe(first.key);
});

it('is a new one for every opening', () => {
  expect(intentionAt(1_000).key).not.toBe(first.key);
});
