import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noteAnswer, noteSilence, serverSilentSince } from './silence.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000 }));
afterEach(() => vi.useRealTimers());

it('the server is silent since its last answer, until it answers again', () => {
  noteAnswer();
  expect(serverSilentSince()).toBeUndefined();
  for (const at of [5_000, 9_000]) {
    vi.setSystemTime(at);
    noteSilence();
    expect(serverSilentSince()).toBe(1_000);
  }
  noteAnswer();
  expect(serverSilentSince()).toBeUndefined();
});
