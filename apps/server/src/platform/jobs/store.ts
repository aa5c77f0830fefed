import type { PoolClient, QueryConfig } from 'pg';

/** No statement here takes long; a connection on which one does is lost, whatever it says of itself. */
const statementLimitMs = 5_000;

/** The library knows the limit; its types do not. */
function limited(text: string, values: unknown[]): QueryConfig & { readonly query_timeout: number } {
  return { text, values, query_timeout: statementLimitMs };
}

/** The number of the lock that stands for the life of the worker that this expression names. */
const lifeOf = (worker: string): string => `hashtextextended('claviger worker ' || ${worker}, 0)`;

/**
 * Holds the life of a worker as long as this connection lasts. Shared, so that a process whose connection was
 * lost without a sign can hold it by another one at once.
 */
export async function holdLife(client: PoolClient, worker: string): Promise<void> {
  await client.query(limited(`select pg_advisory_lock_shared(${lifeOf('$1')})`, [worker]));
}

/** Other workers that have taken jobs and whose life nobody holds. */
export async function findDead(client: PoolClient, self: string): Promise<string[]> {
  const text = `
    select worker from (
      select locked_by as worker from graphile_worker._private_jobs
      union select locked_by from graphile_worker._private_job_queues
    ) as takers
    where worker is not null and worker <> $1 and pg_try_advisory_xact_lock(${lifeOf('worker')})`;
  const { rows } = await client.query<{ worker: string }>(limited(text, [self]));
  return rows.map(({ worker }) => worker);
}

/** Gives back the jobs of these workers, but for those whose life somebody holds after all. */
export async function giveBack(client: PoolClient, workers: readonly string[]): Promise<void> {
  const text = `
    select graphile_worker.force_unlock_workers(array(
      select worker from unnest($1::text[]) as worker where pg_try_advisory_xact_lock(${lifeOf('worker')})
    ))`;
  await client.query(limited(text, [workers]));
}
