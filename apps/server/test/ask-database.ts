import { Client } from 'pg';
import type { Secret } from '../src/platform/secrets/index.ts';

/** Runs one statement in the database at this address, over a connection of its own. */
export async function askDatabase<Row extends object>(
  url: Secret,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url.revealText() });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
