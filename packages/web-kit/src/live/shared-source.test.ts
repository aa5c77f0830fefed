import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Source, SourceEvent } from './live-stream.ts';
import { openSharedSource, streamsPerBrowserLimit } from './shared-source.ts';

/** A stream of the server, as the tab that opened it sees it. */
class ServerStream implements Source {
  isClosed = false;
  readonly #listeners = new Map<SourceEvent, (event: { data: string }) => void>();

  addEventListener(type: SourceEvent, listener: (event: { data: string }) => void): void {
    this.#listeners.set(type, listener);
  }

  say(type: SourceEvent, data = ''): void {
    this.#listeners.get(type)?.({ data });
  }

  close(): void {
    this.isClosed = true;
  }
}

let streams: ServerStream[] = [];
let tabs: Source[] = [];

beforeEach(() => {
  streams = [];
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) tab.close();
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
});

/** A tab that shows this Entity; the locks and channels are those of the platform. */
function openTab(entityId: string) {
  const heard: string[] = [];
  const source = openSharedSource(entityId, {
    locks: navigator.locks,
    openChannel: (name) => new BroadcastChannel(name),
    openStream: () => {
      const stream = new ServerStream();
      streams.push(stream);
      return stream;
    },
  });
  for (const type of ['open', 'error', 'message', 'heartbeat', 'renewed'] as const) {
    source.addEventListener(type, ({ data }) => heard.push(data === '' ? type : data));
  }
  tabs.push(source);
  return { source, heard };
}

const openStreams = () => streams.filter(({ isClosed }) => !isClosed);

async function leadTab(entityId: string) {
  const before = streams.length;
  const tab = openTab(entityId);
  await vi.waitFor(() => expect(streams).toHaveLength(before + 1));
  const stream = streams[before] ?? new ServerStream();
  stream.say('open');
  return { ...tab, stream };
}

describe('the stream that tabs share', () => {
  it('is one for all tabs of an Entity, and each hears all of it', async () => {
    const first = await leadTab('e1');
    const others = Array.from({ length: 7 }, () => openTab('e1'));
    await vi.waitFor(() => expect(others.map(({ heard }) => heard)).toEqual(Array(7).fill(['open'])));

    first.stream.say('message', 'm1');
    first.stream.say('heartbeat');

    await vi.waitFor(() =>
      expect([first, ...others].map(({ heard }) => heard)).toEqual(
        Array(8).fill(['open', 'm1', 'heartbeat']),
      ),
    );
    expect(streams).toHaveLength(1);
  });

  it('is not open for a tab before it stands', async () => {
    const first = openTab('e1');
    const second = openTab('e1');
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    const third = openTab('e1');
    streams[0]?.say('open');

    await vi.waitFor(() =>
      expect([first, second, third].map(({ heard }) => heard)).toEqual(Array(3).fill(['open'])),
    );
  });

  it('is opened by the next tab when its own closes, and nobody takes it for open meanwhile', async () => {
    const first = await leadTab('e1');
    const second = openTab('e1');
    await vi.waitFor(() => expect(second.heard).toEqual(['open']));

    first.source.close();

    await vi.waitFor(() => expect(second.heard).toEqual(['open', 'renewed']));
    expect(first.stream.isClosed).toBe(true);
    const third = openTab('e1');
    streams[1]?.say('open');
    await vi.waitFor(() => expect(third.heard).toEqual(['open']));
    expect(second.heard).toEqual(['open', 'renewed', 'open']);
    expect(openStreams()).toHaveLength(1);
  });

  it('is not taken for open by the tab that opens it anew, whatever the one before still says', async () => {
    const first = await leadTab('e1');
    const second = openTab('e1');
    await vi.waitFor(() => expect(second.heard).toEqual(['open']));
    first.source.close();
    await vi.waitFor(() => expect(second.heard).toEqual(['open', 'renewed']));

    const late = new BroadcastChannel('claviger live e1');
    late.postMessage({ kind: 'heard', type: 'open', data: '' });
    late.postMessage({ kind: 'is_open' });
    late.close();

    const third = openTab('e1');
    await new Promise((resolve) => setImmediate(resolve));
    streams[1]?.say('message', 'm1');
    await vi.waitFor(() => expect(third.heard).toContain('m1'));
    expect(second.heard).toEqual(['open', 'renewed', 'm1']);
  });

  it('fails for all tabs at once', async () => {
    const first = await leadTab('e1');
    const second = openTab('e1');
    await vi.waitFor(() => expect(second.heard).toEqual(['open']));

    first.stream.say('error');

    await vi.waitFor(() => expect(second.heard).toEqual(['open', 'error']));
    expect(first.heard).toEqual(['open', 'error']);
  });

  it('of another Entity is another one, and says nothing to the first', async () => {
    const first = await leadTab('e1');
    const second = await leadTab('e2');

    second.stream.say('message', 'm2');

    expect(second.heard).toEqual(['open', 'm2']);
    await vi.waitFor(() => expect(openStreams()).toHaveLength(2));
    expect(first.heard).toEqual(['open']);
  });

  it('never takes all connections, however many Entities are shown; who waits is next', async () => {
    for (let index = 0; index < streamsPerBrowserLimit; index += 1) await leadTab(`e${index}`);
    const waiting = openTab('e8');
    const waitingToo = openTab('e9');
    await vi.waitFor(async () => {
      const { held = [] } = await navigator.locks.query();
      const names = held.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['claviger live e8', 'claviger live e9']));
    });
    expect(streams).toHaveLength(streamsPerBrowserLimit);
    expect([waiting.heard, waitingToo.heard]).toEqual([[], []]);

    tabs[1]?.close();

    await vi.waitFor(() => expect(streams).toHaveLength(streamsPerBrowserLimit + 1));
    streams.at(-1)?.say('open');
    expect(waiting.heard).toEqual(['open']);
    expect(waitingToo.heard).toEqual([]);
  });

  it('is given up by a tab that leaves while it waits', async () => {
    await leadTab('e1');
    const second = openTab('e1');
    second.source.close();

    tabs[0]?.close();

    await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
    expect(openStreams()).toEqual([]);
    expect(streams).toHaveLength(1);
  });
});
