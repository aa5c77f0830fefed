import type { Report } from '../notice.ts';
import { growingPauseMs, pauseUntil } from './pause.ts';
import { assertChannel, connectToListen, type ListenConnection, type Message } from './listen-connection.ts';

/** What comes over a channel: a message, or word that some were missed while the connection was lost. */
export type Heard = { readonly kind: 'message'; readonly payload: string } | { readonly kind: 'gap' };

/** Called for each in order. What it throws is told to the log and stops nobody else. */
export type Hear = (heard: Heard) => void;

const PAUSES = { firstMs: 50, longestMs: 5_000 };

/** Listens over one connection of its own, which is made again whenever it is lost. */
export class Listener {
  readonly #url: string;
  readonly #report: Report;
  readonly #channels = new Map<string, Set<Hear>>();
  readonly #closing = new AbortController();
  #connection: ListenConnection | undefined;
  #keeping: Promise<void> = Promise.resolve();

  private constructor(url: string, report: Report) {
    this.#url = url;
    this.#report = report;
  }

  /** Connects; rejects when that fails. */
  static async open(url: string, report: Report): Promise<Listener> {
    const listener = new Listener(url, report);
    listener.#connection = await listener.#connect();
    listener.#keeping = listener.#keepConnected();
    return listener;
  }

  /** Nothing that is sent after this resolves is missed without a gap being told. The result ends it. */
  async listen(channel: string, hear: Hear): Promise<() => Promise<void>> {
    assertChannel(channel);
    const hearers = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, hearers.add(hear));
    // Without a connection, the next one listens to every channel and then tells a gap.
    await this.#connection?.run('listen', channel);
    return async () => {
      hearers.delete(hear);
      if (hearers.size > 0 || this.#channels.get(channel) !== hearers) return;
      this.#channels.delete(channel);
      await this.#connection?.run('unlisten', channel);
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection?.close();
    await this.#keeping;
  }

  async #connect(): Promise<ListenConnection> {
    return connectToListen(this.#url, (message) => this.#hear(message));
  }

  #hear({ channel, payload }: Message): void {
    this.#tell(channel, { kind: 'message', payload });
  }

  #tell(channel: string, heard: Heard): void {
    for (const hear of this.#channels.get(channel) ?? []) {
      try {
        hear(heard);
      } catch (error) {
        this.#report({ kind: 'listener_failed', channel, error });
      }
    }
  }

  async #keepConnected(): Promise<void> {
    while (this.#connection !== undefined) {
      const error = await this.#connection.lost;
      if (this.#closing.signal.aborted) return;
      this.#report({ kind: 'connection_lost', pool: 'listen', error });
      // Not awaited: a dead connection may take long to say good-bye.
      void this.#connection.close();
      this.#connection = undefined;
      this.#connection = await this.#reconnect();
      await this.#listenAgain();
    }
  }

  async #reconnect(): Promise<ListenConnection | undefined> {
    for (let failures = 0; ; failures += 1) {
      await pauseUntil(growingPauseMs(failures, PAUSES), this.#closing.signal);
      if (this.#closing.signal.aborted) return undefined;
      try {
        return await this.#connect();
      } catch (error) {
        const cause = error instanceof Error ? error : new Error(String(error));
        this.#report({ kind: 'connection_lost', pool: 'listen', error: cause });
      }
    }
  }

  async #listenAgain(): Promise<void> {
    for (const channel of this.#channels.keys()) {
      await this.#connection?.run('listen', channel);
      this.#tell(channel, { kind: 'gap' });
    }
  }
}
