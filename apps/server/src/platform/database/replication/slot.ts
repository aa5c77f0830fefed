import { Client } from 'pg';
import type { Secret } from '../../secrets/index.ts';
import { parseLogPlace, type LogPlace } from './position.ts';

/** The replication slot that keeps the log until it lies in the backup. */
export const backupSlot = 'claviger_backup';

/** A moment of the database: an instant of its own clock, and a place in the log where it is recorded. */
export interface LogMark {
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly place: LogPlace;
}

async function asAdmin<Row extends object>(adminUrl: Secret, text: string, values: readonly string[] = []) {
  const client = new Client({ connectionString: adminUrl.revealText() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Whether the slot is there and still keeps everything since it was last confirmed. */
export async function isSlotWhole(adminUrl: Secret): Promise<boolean> {
  const [slot] = await asAdmin<{ isWhole: boolean }>(
    adminUrl,
    `select coalesce(wal_status, 'reserved') not in ('lost', 'unreserved') as "isWhole"
       from pg_replication_slots where slot_name = $1`,
    [backupSlot],
  );
  return slot?.isWhole ?? false;
}

/** Makes the slot, from now on; one that has lost something is made anew. Nothing where it is whole. */
export async function ensureSlot(adminUrl: Secret): Promise<void> {
  if (await isSlotWhole(adminUrl)) return;
  await dropSlot(adminUrl);
  await asAdmin(adminUrl, 'select pg_create_physical_replication_slot($1, true)', [backupSlot]);
}

export async function dropSlot(adminUrl: Secret): Promise<void> {
  await asAdmin(
    adminUrl,
    'select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1',
    [backupSlot],
  );
}

/**
 * Commits a mark into the log and tells its instant and its end. A restore to an instant ends at the first
 * commit after it: without marks none could end where nobody changed anything.
 */
export async function markLog(adminUrl: Secret): Promise<LogMark> {
  const [instant] = await asAdmin<{ at: string }>(
    adminUrl,
    `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as at,
       pg_logical_emit_message(true, 'claviger', '')`,
  );
  const [end] = await asAdmin<{ place: string }>(
    adminUrl,
    'select pg_current_wal_flush_lsn()::text as place',
  );
  if (!instant || !end) throw new Error('PostgreSQL does not say what time it is');
  return { at: Number(instant.at), place: parseLogPlace(end.place) };
}
