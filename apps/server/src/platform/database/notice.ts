import type { DatabaseProblem } from './problem.ts';

/** Which of the server's connections is meant. */
export type PoolName = 'app' | 'auth' | 'jobs' | 'listen';

/** What the database tells the log. Durations in milliseconds; no notice carries a secret or a row. */
export type DatabaseNotice =
  | { readonly kind: 'postgres_started'; readonly pid: number; readonly isAdopted: boolean }
  | { readonly kind: 'postgres_said'; readonly line: string }
  | { readonly kind: 'postgres_died'; readonly cause: string; readonly restartInMs: number }
  | {
      readonly kind: 'postgres_restart_failed';
      readonly problem: DatabaseProblem;
      readonly restartInMs: number;
    }
  | { readonly kind: 'migrated'; readonly migrations: readonly string[] }
  | { readonly kind: 'connection_lost'; readonly pool: PoolName; readonly error: Error }
  | { readonly kind: 'transaction_retried'; readonly cause: string; readonly attempt: number }
  | { readonly kind: 'database_unavailable'; readonly problem: DatabaseProblem }
  | { readonly kind: 'listener_failed'; readonly channel: string; readonly error: unknown };

export type Report = (notice: DatabaseNotice) => void;
