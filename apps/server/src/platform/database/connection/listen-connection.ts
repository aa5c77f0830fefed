import assert from 'node:assert/strict';
import { Client } from 'pg';

/** One connection that listens, from its making to its loss. */
export interface ListenConnection {
  /** Resolves when it is done, or the connection lost: one that fails a statement is given up. */
  run(statement: 'listen' | 'unlisten', channel: string): Promise<void>;
  /** Resolves with the cause when the connection is lost or closed. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
}

export interface Message {
  readonly channel: string;
  readonly payload: string;
}

const CHANNEL = /^[a-z][a-z_]{0,62}$/;
const CONNECT_LIMIT_MS = 5_000;
/** A connection can die without a sign: it is asked every so often, and must answer in time. */
const HEARTBEAT_EVERY_MS = 15_000;
const STATEMENT_LIMIT_MS = 5_000;

/** Channels are names of ours: lower case letters and underscores. */
export function assertChannel(channel: string): void {
  assert(CHANNEL.test(channel), `"${channel}" is not the name of a channel`);
}

/** Connects; rejects when that fails. */
export async function connectToListen(
  connectionString: string,
  onMessage: (message: Message) => void,
): Promise<ListenConnection> {
  const client = new Client({
    connectionString,
    application_name: 'claviger listen',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: STATEMENT_LIMIT_MS,
    keepAlive: true,
  });
  const lost = Promise.withResolvers<Error>();
  client.on('error', (error) => lost.resolve(error));
  client.on('end', () => lost.resolve(new Error('the connection was closed')));
  client.on('notification', ({ channel, payload }) => onMessage({ channel, payload: payload ?? '' }));
  await client.connect();

  // A connection runs one statement at a time.
  let last: Promise<void> = Promise.resolve();
  const inTurn = async (text: string): Promise<void> => {
    last = last.then(async () => {
      try {
        await client.query(text);
      } catch (error) {
        lost.resolve(asError(error));
      }
    });
    await last;
  };
  const heartbeat = setInterval(() => void inTurn('select 1'), HEARTBEAT_EVERY_MS);
  void lost.promise.then(() => clearInterval(heartbeat));
  return {
    run: async (statement, channel) => {
      assertChannel(channel);
      await inTurn(`${statement} ${channel}`);
    },
    lost: lost.promise,
    close: async () => {
      lost.resolve(new Error('closed by us'));
      await client.end();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
