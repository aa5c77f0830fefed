import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coalesce, coalesceForMs } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('loads at once, once more after a burst, and never loses the last change', () => {
  const loaded: string[] = [];
  const changed = coalesce((key) => loaded.push(key.join('/')));
  for (let times = 0; times < 100; times += 1) changed(['entity', 'locks']);
  expect(loaded).toEqual(['entity/locks']);
  vi.advanceTimersByTime(coalesceForMs);
  expect(loaded).toEqual(['entity/locks', 'entity/locks']);
  vi.runAllTimers();
  expect(loaded).toEqual(['entity/locks', 'entity/locks']);
});

it('keeps different things apart', () => {
  const loaded: string[] = [];
  const changed = coalesce((key) => loaded.push(key.join('/')));
  changed(['entity', 'locks']);
  changed(['entity', 'command']);
  expect(loaded).toEqual(['entity/locks', 'entity/command']);
});

it('loads at once again when it is quiet', () => {
  const loaded: string[] = [];
  const changed = coalesce((key) => loaded.push(key.join('/')));
  changed(['entity', 'locks']);
  vi.advanceTimersByTime(coalesceForMs);
  changed(['entity', 'locks']);
  expect(loaded).toHaveLength(2);
});
