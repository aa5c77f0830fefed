import { Client, type ClientConfig, type Connection, type Submittable } from 'pg';
import type { Secret } from '../../secrets/index.ts';

/** What PostgreSQL says of itself to who replicates it. */
export interface SystemIdentity {
  /** Drawn when the cluster was made; a restored one keeps it. */
  readonly systemId: string;
  readonly timeline: number;
}

/** The part of pg's connection that a stream needs; the library has it and does not declare it. */
interface CopyConnection extends Connection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

/** A stream of copied pieces that is under way. */
export interface CopyStream {
  /** Resolves when PostgreSQL has ended it; rejects with its error, or when the connection is lost. */
  readonly ended: Promise<void>;
  /** Reads no further until `resume`, so that nothing piles up. */
  pause(): void;
  resume(): void;
  /** Says something back to PostgreSQL. */
  send(message: Uint8Array): void;
  /** Ends a stream that would go on for ever. */
  finish(): void;
}

/** What is heard of a copy: rows as text, and pieces, which hold until the call returns. */
export interface CopyHearer {
  readonly row?: (fields: readonly (string | null)[]) => void;
  readonly piece: (piece: Uint8Array) => void;
}

const CONNECT_LIMIT_MS = 10_000;

/** A connection over which PostgreSQL sends what it has. */
export type WalSender = Client;

/** A connection that speaks PostgreSQL's replication protocol (manual, chapter 54.4). */
export async function openWalSender(adminUrl: Secret): Promise<Client> {
  const config: ClientConfig & { replication: string } = {
    connectionString: adminUrl.revealText(),
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    replication: 'true',
    application_name: 'claviger backup',
    keepAlive: true,
  };
  const client = new Client(config);
  // What is under way rejects with the same; without a listener the process would end.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function identifySystem(client: Client): Promise<SystemIdentity> {
  const found = await client.query<{ systemid: string; timeline: string }>('IDENTIFY_SYSTEM');
  const row = found.rows[0];
  if (!row) throw new Error('PostgreSQL does not say which cluster it serves');
  return { systemId: row.systemid, timeline: Number(row.timeline) };
}

/** Sends a command that answers with copied pieces and hands on what comes. */
export function startCopy(client: Client, command: string, hearer: CopyHearer): CopyStream {
  let connection: CopyConnection | undefined;
  let failure: unknown;
  const ended = new Promise<void>((resolve, reject) => {
    client.once('end', () => {
      reject(new Error('the connection to PostgreSQL is lost'));
    });
    const query = {
      submit: (given: Connection) => {
        connection = given as CopyConnection;
        connection.query(command);
      },
      handleRowDescription: () => undefined,
      handleDataRow: ({ fields }: { fields: (string | null)[] }) => hearer.row?.(fields),
      handleCopyData: ({ chunk }: { chunk: Uint8Array }) => {
        hearer.piece(chunk);
      },
      handleCommandComplete: () => undefined,
      handleEmptyQuery: () => undefined,
      handlePortalSuspended: () => undefined,
      handleError: (error: unknown) => {
        failure = error;
        reject(error instanceof Error ? error : new Error(String(error)));
      },
      handleReadyForQuery: () => {
        if (failure === undefined) resolve();
      },
    };
    client.query(query satisfies Submittable);
  });
  ended.catch(() => {
    // Who has lost interest in the stream need not wait for its end.
  });
  return {
    ended,
    pause: () => connection?.stream.pause(),
    resume: () => connection?.stream.resume(),
    send: (message) => connection?.sendCopyFromChunk(message),
    finish: () => connection?.endCopyFrom(),
  };
}
