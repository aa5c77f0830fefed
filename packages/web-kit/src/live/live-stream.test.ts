import type { LiveMessage } from '@claviger/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reconnectDelaysMs, silenceLimitMs, type Source, startLiveStream } from './live-stream.ts';

class FakeSource implements Source {
  isClosed = false;
  readonly #listeners: Record<string, (event: { data: string }) => void> = {};

  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.#listeners[type] = listener;
  }

  say(type: string, data = ''): void {
    this.#listeners[type]?.({ data });
  }

  close(): void {
    this.isClosed = true;
  }
}

function follow() {
  const sources: FakeSource[] = [];
  const seen = { statuses: [] as string[], messages: [] as LiveMessage[], loads: 0 };
  const stream = startLiveStream({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    onMessage: (message) => seen.messages.push(message),
    onStatus: (status) => seen.statuses.push(status),
    onOpened: () => (seen.loads += 1),
  });
  const newest = () => sources[sources.length - 1] ?? new FakeSource();
  return { stream, sources, seen, newest };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the live stream', () => {
  it('is live from the moment the stream stands, and loads what happened before', () => {
    const { seen, newest } = follow();
    expect([seen.statuses, seen.loads]).toEqual([['connecting'], 0]);
    newest().say('open');
    expect(seen.statuses).toEqual(['connecting', 'live']);
    expect(seen.loads).toBe(1);
  });

  it('hands on messages of topics that it knows', () => {
    const { seen, newest } = follow();
    newest().say('message', '{"topic":"lock","id":"l1"}');
    newest().say('message', '{"topic":"weather","id":"w1"}');
    expect(seen.messages).toEqual([{ topic: 'lock', id: 'l1' }]);
  });

  it('connects again with growing pauses and asks for what was missed', () => {
    const { seen, sources, newest } = follow();
    newest().say('open');
    for (const delayMs of [...reconnectDelaysMs, reconnectDelaysMs[reconnectDelaysMs.length - 1] ?? 0]) {
      const before = sources.length;
      newest().say('error');
      expect(seen.statuses.at(-1)).toBe('reconnecting');
      vi.advanceTimersByTime(delayMs - 1);
      expect(sources).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(sources).toHaveLength(before + 1);
    }
    newest().say('open');
    expect(seen.statuses.at(-1)).toBe('live');
    expect(seen.loads).toBe(2);
    expect(sources.slice(0, -1).every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('does not believe a stream that used to beat and fell silent', () => {
    const { seen, newest } = follow();
    newest().say('open');
    newest().say('heartbeat');
    vi.advanceTimersByTime(silenceLimitMs - 1);
    newest().say('heartbeat');
    vi.advanceTimersByTime(silenceLimitMs - 1);
    expect(seen.statuses.at(-1)).toBe('live');
    vi.advanceTimersByTime(1);
    expect(seen.statuses.at(-1)).toBe('reconnecting');
  });

  it('does not believe a stream that never beat either', () => {
    const { seen, newest } = follow();
    newest().say('open');
    vi.advanceTimersByTime(silenceLimitMs);
    expect(seen.statuses.at(-1)).toBe('reconnecting');
  });

  it('is not live while its source opens something new', () => {
    const { seen, newest } = follow();
    newest().say('open');
    newest().say('renewed');
    expect(seen.statuses.at(-1)).toBe('connecting');
    newest().say('open');
    expect([seen.statuses.at(-1), seen.loads]).toEqual(['live', 2]);
  });

  it('looks again quickly when it is told that the network may be back', () => {
    const { stream, sources, newest } = follow();
    for (let round = 0; round < 4; round += 1) {
      newest().say('error');
      vi.runOnlyPendingTimers();
    }
    const before = sources.length;
    stream.check();
    vi.advanceTimersByTime(reconnectDelaysMs[0]);
    expect(sources).toHaveLength(before + 1);
  });

  it('is quiet after it was closed', () => {
    const { stream, sources, newest } = follow();
    newest().say('error');
    stream.close();
    vi.runAllTimers();
    expect(sources).toHaveLength(1);
  });
});
