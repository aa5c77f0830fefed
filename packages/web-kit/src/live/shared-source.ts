import type { Source, SourceEvent } from './live-stream.ts';

/**
 * Streams that one browser keeps open at a time, whatever its tabs show. Over HTTP/1.1 it has six connections
 * to a server for all its tabs together; a stream never gives its own back.
 */
export const streamsPerBrowserLimit = 3;

/** What of the browser is needed. */
export interface SharedSourcePorts {
  readonly locks: Pick<LockManager, 'request'>;
  readonly openChannel: (name: string) => BroadcastChannel;
  readonly openStream: () => Source;
}

/** What the tabs of one Entity say to each other. */
type Word =
  | { readonly kind: 'is_open_asked' }
  | { readonly kind: 'is_open' }
  | { readonly kind: 'heard'; readonly type: SourceEvent; readonly data: string };

const nameOf = (entityId: string): string => `claviger live ${entityId}`;
const seatNames = Array.from({ length: streamsPerBrowserLimit }, (_, seat) => `claviger live seat ${seat}`);

/**
 * The stream of an Entity, one for all tabs of this browser: the tab that holds the lock of the Entity has
 * the stream and tells the others what it hears; when it closes, the browser gives the lock to the next.
 * `renewed` says that this tab took over and has nothing open yet. Beyond `streamsPerBrowserLimit` Entities
 * it waits, and nothing is heard. Source: decision record 0025.
 */
export function openSharedSource(entityId: string, ports: SharedSourcePorts): Source {
  const listeners: { readonly type: SourceEvent; readonly call: (event: { data: string }) => void }[] = [];
  const channel = ports.openChannel(nameOf(entityId));
  const leaving = new AbortController();
  let isHeard = false;
  let isLeading = false;

  function emit(type: SourceEvent, data: string): void {
    if (leaving.signal.aborted) return;
    if (type === 'open') isHeard = true;
    for (const listener of listeners) if (listener.type === type) listener.call({ data });
  }

  function say(word: Word): void {
    if (!leaving.signal.aborted) channel.postMessage(word);
  }

  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (isLeading) {
      // What the tab before this one still said is not said of this one's stream.
      if (word.kind === 'is_open_asked' && isHeard) say({ kind: 'is_open' });
    } else if (word.kind === 'heard') emit(word.type, word.data);
    else if (word.kind === 'is_open' && !isHeard) emit('open', '');
  };
  say({ kind: 'is_open_asked' });

  const wanting = { locks: ports.locks, signal: leaving.signal };
  void whileHeld(wanting, [nameOf(entityId)], () =>
    whileHeld(wanting, seatNames, () => {
      if (isHeard) emit('renewed', '');
      isHeard = false;
      isLeading = true;
      const stream = ports.openStream();
      for (const type of ['open', 'error', 'message', 'heartbeat'] as const) {
        stream.addEventListener(type, (event) => {
          const data = type === 'message' ? event.data : '';
          say({ kind: 'heard', type, data });
          emit(type, data);
        });
      }
      return aborted(leaving.signal).then(() => stream.close());
    }),
  );

  return {
    addEventListener: (type, call) => void listeners.push({ type, call }),
    close: () => {
      leaving.abort();
      channel.close();
    },
  };
}

/** Does `work` while it holds the first of these locks that is free; gives up when `signal` says so. */
async function whileHeld(
  { locks, signal }: Pick<SharedSourcePorts, 'locks'> & { readonly signal: AbortSignal },
  names: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const enough = new AbortController();
  const waiting = AbortSignal.any([signal, enough.signal]);
  await Promise.allSettled(
    names.map((name) =>
      locks.request(name, { signal: waiting }, () => {
        // Two may be given at once: the second is not needed.
        if (waiting.aborted) return undefined;
        enough.abort();
        return work();
      }),
    ),
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
