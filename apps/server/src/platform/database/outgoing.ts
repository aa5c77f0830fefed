import assert from 'node:assert/strict';
import { assertChannel } from './connection/listen-connection.ts';
import { runStatement, type Transaction } from './transaction.ts';

/** PostgreSQL refuses payloads of 8000 bytes and more. */
const NOTICE_LIMIT_BYTES = 7_999;
/** A job names what to do and for which row; it does not carry the row. */
const JOB_LIMIT_BYTES = 65_536;

/**
 * Tells all who listen on the channel, in every copy of the server, once the transaction has committed. Any
 * role of the database can listen, so a payload names things and tells nothing about them.
 */
export async function notify(tx: Transaction, channel: string, payload: string): Promise<void> {
  assertChannel(channel);
  assert(Buffer.byteLength(payload) <= NOTICE_LIMIT_BYTES, 'a payload that does not fit into a notification');
  await runStatement(tx, { text: 'select pg_notify($1, $2)', values: [channel, payload] });
}

/** Work for later, added with the change that makes it necessary: both are committed, or neither. */
export interface NewJob {
  readonly task: string;
  readonly payload: object;
  readonly runAt?: number;
  /** A job with the same key that has not begun is replaced. */
  readonly key?: string;
  /** Jobs of the same queue run one after the other. */
  readonly queue?: string;
  readonly attemptLimit?: number;
}

/** Adds a job to the queue in this transaction. */
export async function addJob(tx: Transaction, job: NewJob): Promise<void> {
  const payload = JSON.stringify(job.payload);
  assert(Buffer.byteLength(payload) <= JOB_LIMIT_BYTES, 'a job names rows and does not carry them');
  const runAt = job.runAt === undefined ? null : new Date(job.runAt);
  await runStatement(tx, {
    text: 'select claviger.add_job($1, $2, $3, $4, $5, $6)',
    values: [job.task, payload, runAt, job.key ?? null, job.queue ?? null, job.attemptLimit ?? null],
  });
}
