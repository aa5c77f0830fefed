/**
 * PostgreSQL 18 inside the installation: nothing to install, nothing listening on a network, one folder to
 * back up. The programs come from npm (`initdb`, `postgres`, `pg_ctl`, no others); everything else is here. A
 * start owns the data folder by a lock, makes PostgreSQL runnable (also as root, from a read-only package, in
 * a folder with a long path), makes the cluster once, takes over or clears away what a killed run left, and
 * then keeps it running: when PostgreSQL dies it is started again. Whatever an operator has to solve is a
 * `DatabaseProblem` with a plain sentence.
 */
import { resolve } from 'node:path';
import { Client } from 'pg';
import type { Secret } from '../../secrets/index.ts';
import type { Report } from '../notice.ts';
import { DatabaseProblem, diskFull, errorCodeOf } from '../problem.ts';
import { chooseAccount } from './account.ts';
import { adminAddress, DATABASE_NAME } from './address.ts';
import { prepareBinaries } from './binaries.ts';
import { ensureCluster, layoutOf, openDataFolder } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { chooseListening } from './listening.ts';
import { launchParameters, removeSocketFolder } from './process/launch-plan.ts';
import { supervise, type Supervised } from './process/supervisor.ts';
import { reachableFolder } from './reachable-folder.ts';

export interface EmbeddedOptions {
  /** The folder that belongs to the database alone; it is made when missing. */
  readonly folder: string;
  readonly report: Report;
  /** Without fsync: for the tests' own database, which nobody will miss. */
  readonly isDisposable?: boolean;
  /** Listens on this port of 127.0.0.1 instead of a socket. */
  readonly port?: number;
}

export interface EmbeddedDatabase {
  /** The superuser's address of the database `claviger`. */
  readonly adminUrl: Secret;
  /** The process that serves now, or served last. */
  readonly pid: number;
  /** Ends PostgreSQL cleanly and gives the folder free. Close what uses it before. */
  stop(): Promise<void>;
}

const DISK_FULL = '53100';

/** Starts the embedded database; resolves when it serves. Refuses with a `DatabaseProblem`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const wanted = resolve(options.folder);
  const account = await chooseAccount(layoutOf(wanted).cluster);
  const layout = layoutOf(await reachableFolder(wanted, account));
  await openDataFolder(layout, account);
  const lock = await lockFolder(layout.folder);
  try {
    const binaries = await prepareBinaries({ folder: layout.folder, account });
    const password = await ensureCluster(layout, binaries, account);
    const listening = await chooseListening(layout, account, options.port);
    const parameters = launchParameters(listening, binaries.build, options.isDisposable ?? false);
    const onLine = (line: string): void => options.report({ kind: 'postgres_said', line });
    const plan = { binaries, cluster: layout.cluster, listening, parameters, account, onLine };
    const supervised = await supervise(plan, options.report);
    await ensureDatabase(supervised, adminAddress(listening, password, 'postgres'));
    return {
      adminUrl: adminAddress(listening, password),
      get pid() {
        return supervised.pid;
      },
      stop: async () => {
        await supervised.stop();
        await removeSocketFolder(layout, listening);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function ensureDatabase(supervised: Supervised, address: Secret): Promise<void> {
  const client = new Client({ connectionString: address.revealText() });
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
    if (found.rows.length === 0) await client.query(`create database ${DATABASE_NAME}`);
  } catch (error) {
    await supervised.stop();
    if (errorCodeOf(error) === DISK_FULL) throw diskFull('the database', error);
    throw new DatabaseProblem(
      'unreachable',
      `The database was started but cannot be used: ${String(error)}`,
      error,
    );
  } finally {
    await client.end();
  }
}
