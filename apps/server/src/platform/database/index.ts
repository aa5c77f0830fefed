/**
 * The database of the server: one PostgreSQL, started by us in the data folder or given by its address.
 * `startDatabase` prepares it (roles, migrations, job queue) as the administrator and from then on works as
 * roles that own nothing. A feature gets at rows only in a scope, `database.transact({ kind: 'entity',
 * entityId }, async (tx) => ...)`, and makes statements of `tx` only in its `store.ts`, with `query.ts`.
 * Instants are epoch milliseconds here and `timestamptz` there, identifiers are UUIDs that we draw ourselves
 * (`newIdentifier`).
 */
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Secret } from '../secrets/index.ts';
import { Listener, type Hear } from './connection/listener.ts';
import { loginUrl } from './connection/login.ts';
import { openPools } from './connection/pools.ts';
import { startEmbedded } from './embedded/index.ts';
import { findRunning } from './embedded/running.ts';
import type { Report } from './notice.ts';
import { prepareDatabase } from './preparation/index.ts';
import { DatabaseProblem } from './problem.ts';
import { makeTransact, type Transact } from './transaction.ts';

export type { Hear, Heard } from './connection/listener.ts';
export { endLeftover } from './embedded/leftover.ts';
export { recoverEmbedded, type Recovery } from './embedded/recovery.ts';
export { findRunning } from './embedded/running.ts';
export { newIdentifier } from './identifiers.ts';
export type { DatabaseNotice, Report } from './notice.ts';
export { addJob, notify, type NewJob } from './outgoing.ts';
export { DatabaseProblem, type DatabaseProblemCode } from './problem.ts';
export { incarnationOf, markRestored, type RestoreMark } from './restored.ts';
export type { Scope } from './scope.ts';
export {
  goOnIn,
  type Isolation,
  type Transact,
  type Transaction,
  type TransactOptions,
} from './transaction.ts';

/** An open database. */
export interface Database {
  /** Runs the work in one transaction of the scope: committed when it returns, rolled back when it throws. */
  readonly transact: Transact;
  /** Calls `hear` for what `notify` sends on the channel, and after a lost connection with a gap. */
  listen(channel: string, hear: Hear): Promise<() => Promise<void>>;
  /** Connections for the sign-in library: schema `auth` alone. */
  readonly authPool: Pool;
  /** Connections for the job queue: schema `graphile_worker` alone. */
  readonly jobsPool: Pool;
  /** Finishes what is under way, up to a limit, closes every connection, then stops our PostgreSQL. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly adminUrl: Secret;
  readonly installationSecret: Secret;
  readonly report: Report;
}

/** In a folder of ours, or in a PostgreSQL that somebody else runs (the address of its owner). */
export type Engine =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'external'; readonly adminUrl: Secret };

/**
 * The database that the configuration asks for: embedded in the data folder, or another one by its address.
 */
export function engineOf(wanted: { readonly dataFolder: string; readonly databaseUrl?: Secret }): Engine {
  if (wanted.databaseUrl) return { kind: 'external', adminUrl: wanted.databaseUrl };
  return { kind: 'embedded', folder: join(wanted.dataFolder, 'postgres') };
}

export interface StartOptions {
  readonly engine: Engine;
  readonly installationSecret: Secret;
  readonly report: Report;
}

/** Starts PostgreSQL if it is ours, prepares it and opens it. Refuses with a `DatabaseProblem`. */
export async function startDatabase({ engine, ...options }: StartOptions): Promise<Database> {
  if (engine.kind === 'external') return openDatabase({ ...options, adminUrl: engine.adminUrl });
  const embedded = await startEmbedded({ folder: engine.folder, report: options.report });
  try {
    const database = await openDatabase({ ...options, adminUrl: embedded.adminUrl });
    return {
      ...database,
      close: async () => {
        await database.close();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/**
 * Gives the administrator's address of the embedded database to some work: of the one that serves now, or of
 * one that is started, prepared and stopped again for it.
 */
export async function withEmbedded<Result>(
  { folder, ...options }: { readonly folder: string } & Omit<StartOptions, 'engine'>,
  work: (adminUrl: Secret, isServing: boolean) => Promise<Result>,
): Promise<Result> {
  const running = await findRunning(folder);
  if (running) return work(running, true);
  const embedded = await startEmbedded({ folder, report: options.report });
  try {
    await prepareDatabase({ ...options, adminUrl: embedded.adminUrl });
    return await work(embedded.adminUrl, false);
  } finally {
    await embedded.stop();
  }
}

/** Prepares a running PostgreSQL and opens it. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  await prepareDatabase(options);
  return connectDatabase(options);
}

/** Opens a database that has been prepared. */
export async function connectDatabase(options: DatabaseOptions): Promise<Database> {
  const { adminUrl, installationSecret, report } = options;
  const listener = await openListener(loginUrl(adminUrl, 'claviger_app', installationSecret), report);
  const pools = openPools({ adminUrl, installationSecret, report });
  return {
    transact: makeTransact(pools.app, report),
    listen: async (channel, hear) => listener.listen(channel, hear),
    authPool: pools.auth,
    jobsPool: pools.jobs,
    close: async () => {
      await listener.close();
      await pools.close();
    },
  };
}

async function openListener(url: string, report: Report): Promise<Listener> {
  try {
    return await Listener.open(url, report);
  } catch (error) {
    const advice = 'Check that the roles of the server may connect to it.';
    throw new DatabaseProblem(
      'unreachable',
      `The database does not answer: ${String(error)}. ${advice}`,
      error,
    );
  }
}
