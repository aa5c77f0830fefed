import { Pool, type PoolConfig } from 'pg';
import type { Secret } from '../../secrets/index.ts';
import type { PoolName, Report } from '../notice.ts';
import { columnTypes } from './column-types.ts';
import { loginUrl, type LoginRole } from './login.ts';

/**
 * How many connections each part of the server may hold; one more listens. Of those for jobs one listens too,
 * and one shows that the process lives. PostgreSQL has room for 100.
 */
export const poolSizes = { app: 10, auth: 4, jobs: 7 } as const;

/** The server's connections, each signed in as the role that may do just this. */
export interface Pools {
  /** Tenant data, for scoped transactions. */
  readonly app: Pool;
  /** Accounts, sessions, sign-in factors: schema `auth`. Reads dates as Date. */
  readonly auth: Pool;
  /** The job queue: schema `graphile_worker`. Reads dates as Date. */
  readonly jobs: Pool;
  close(): Promise<void>;
}

interface PoolsOptions {
  readonly adminUrl: Secret;
  readonly installationSecret: Secret;
  readonly report: Report;
}

/** How long a request waits for a free connection, or for a new one to be made. */
const CONNECT_LIMIT_MS = 5_000;
/** How long work that is under way may take to finish when the server stops. */
const CLOSE_LIMIT_MS = 10_000;

/** Opens the pools; no connection is made before it is needed. */
export function openPools(options: PoolsOptions): Pools {
  const open = (name: keyof typeof poolSizes, role: LoginRole, extra: PoolConfig = {}): Pool => {
    const connectionString = loginUrl(options.adminUrl, role, options.installationSecret);
    return openPool(name, { ...extra, connectionString, max: poolSizes[name] }, options.report);
  };
  const app = open('app', 'claviger_app', { types: columnTypes });
  const auth = open('auth', 'claviger_auth');
  const jobs = open('jobs', 'claviger_jobs');
  return { app, auth, jobs, close: async () => closeAll([app, auth, jobs]) };
}

function openPool(name: PoolName, config: PoolConfig, report: Report): Pool {
  const pool = new Pool({
    ...config,
    application_name: `claviger ${name}`,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
  });
  // Without a listener the end of a connection ends the process. An idle one is told by the pool; one in use
  // fails the statement that uses it, and its own event only repeats that.
  pool.on('error', (error) => report({ kind: 'connection_lost', pool: name, error }));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The library says that a pool has ended before its connections have: PostgreSQL would cut them off. */
async function endPool(pool: Pool): Promise<void> {
  let open = pool.totalCount;
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on('remove', () => {
      open -= 1;
      if (open <= 0) resolve();
    });
  });
  await pool.end();
  await closed;
}

async function closeAll(pools: readonly Pool[]): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    limit = setTimeout(resolve, CLOSE_LIMIT_MS);
  });
  // What is not done by then is cut off when PostgreSQL stops, and rolled back.
  await Promise.race([Promise.all(pools.map(endPool)), late]);
  clearTimeout(limit);
}
