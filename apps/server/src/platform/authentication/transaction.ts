import type { Pool, PoolClient } from 'pg';

/** Runs the work in one transaction; undefined, and nothing is changed, where the work gives that. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const client = await pool.connect();
  let isOver = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(result === undefined ? 'rollback' : 'commit');
    isOver = true;
    return result;
  } finally {
    // What was left in the middle of a transaction is closed, and the database takes it back.
    client.release(!isOver);
  }
}
