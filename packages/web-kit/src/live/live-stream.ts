import type { LiveMessage } from '@claviger/protocol';

/** `live` means: the stream stands and was heard from recently; what the page shows is current. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting';

/** After a failure wait this long, then longer; the last value stays. Short, because a door is waiting. */
export const reconnectDelaysMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** A stream beats every 15 s; one that is silent for this long is dead, whatever the browser believes. */
export const silenceLimitMs = 40_000;

/** `renewed`: nothing is open any more, and the source itself is opening something new. */
export type SourceEvent = 'open' | 'error' | 'message' | 'heartbeat' | 'renewed';

/** What the stream needs of an `EventSource`. */
export interface Source {
  addEventListener(type: SourceEvent, listener: (event: { data: string }) => void): void;
  close(): void;
}

export interface LiveStreamOptions {
  readonly open: () => Source;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onStatus: (status: LiveStatus) => void;
  /** The stream stands: what happened since the page was loaded, or while it was lost, has to be loaded. */
  readonly onOpened: () => void;
}

export interface LiveStream {
  /** Looks at once: the network came back, or went away, or the machine woke up. */
  readonly check: () => void;
  readonly close: () => void;
}

/**
 * Follows an Entity for as long as it is not closed: reconnects with growing pauses, notices silence, says
 * truly whether it is live.
 */
export function startLiveStream(options: LiveStreamOptions): LiveStream {
  let source: Source | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function connect(): void {
    const opened = options.open();
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      expectMore();
      options.onStatus('live');
      options.onOpened();
    });
    opened.addEventListener('renewed', () => {
      clearTimeout(timer);
      options.onStatus('connecting');
    });
    opened.addEventListener('error', reconnect);
    opened.addEventListener('heartbeat', expectMore);
    opened.addEventListener('message', ({ data }) => {
      const message = parseMessage(data);
      if (message) options.onMessage(message);
    });
  }

  function expectMore(): void {
    clearTimeout(timer);
    timer = setTimeout(reconnect, silenceLimitMs);
  }

  function reconnect(): void {
    source?.close();
    clearTimeout(timer);
    options.onStatus('reconnecting');
    const delayMs = reconnectDelaysMs[Math.min(failures, reconnectDelaysMs.length - 1)];
    failures += 1;
    timer = setTimeout(connect, delayMs);
  }

  options.onStatus('connecting');
  connect();
  return {
    check: () => {
      failures = 0;
      reconnect();
    },
    close: () => {
      clearTimeout(timer);
      source?.close();
    },
  };
}

/** A message of a topic that this page does not know belongs to a newer server, and is not for us. */
function parseMessage(text: string): LiveMessage | undefined {
  const message = JSON.parse(text) as LiveMessage;
  const known: Record<LiveMessage['topic'], true> = { lock: true, command: true, activity: true };
  return message.topic in known ? message : undefined;
}
