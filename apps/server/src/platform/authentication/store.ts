import type { Pool } from 'pg';

/**
 * Deletes sessions that are over, by their last use or by their age, and stale verifications; returns how
 * many.
 */
export async function deleteEnded(pool: Pool): Promise<number> {
  const sessions = await pool.query(
    "delete from auth.sessions where expires_at < now() or created_at < now() - interval '30 days'",
  );
  const verifications = await pool.query('delete from auth.verifications where expires_at < now()');
  return (sessions.rowCount ?? 0) + (verifications.rowCount ?? 0);
}
