import type { DatabaseNotice } from './database/index.ts';
import type { Log } from './log.ts';

/** Writes what the database tells into the log, each notice at the level at which somebody should see it. */
export function noticeLogger(log: Log): (notice: DatabaseNotice) => void {
  return (notice) => {
    switch (notice.kind) {
      case 'postgres_said':
        log.debug('postgres', { note: notice.line });
        return;
      case 'postgres_started':
        log.info('postgres started', { pid: notice.pid, note: notice.isAdopted ? 'adopted' : 'new' });
        return;
      case 'migrated':
        log.info('database migrated', { count: notice.migrations.length });
        return;
      case 'postgres_died':
        log.error('postgres died', { note: notice.cause, durationMs: notice.restartInMs });
        return;
      case 'postgres_restart_failed':
      case 'database_unavailable':
        log.error('database unavailable', { code: notice.problem.code, error: notice.problem });
        return;
      case 'connection_lost':
        log.warn('database connection lost', { note: notice.pool, error: notice.error });
        return;
      case 'transaction_retried':
        log.info('transaction retried', { code: notice.cause, count: notice.attempt });
        return;
      case 'listener_failed':
        log.error('database listener failed', { note: notice.channel, error: notice.error });
    }
  };
}
