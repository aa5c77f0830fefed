import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Report } from './notice.ts';
import { DatabaseProblem, errorCodeOf } from './problem.ts';
import { scopeStatement, type Scope } from './scope.ts';
import { asUnavailable, isConnectionLost } from './connection/unavailable.ts';

declare const brand: unique symbol;

/** A transaction in a scope. Opaque: only `query.ts` makes statements of it. Over when its work returns. */
export interface Transaction {
  readonly [brand]: 'transaction';
}

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactOptions {
  /** `read committed` by default; the others may run the work again. */
  readonly isolation?: Isolation;
}

/** The work of a transaction: it may run several times, so it changes nothing but the database. */
export type Work<Result> = (tx: Transaction) => Promise<Result>;

export type Transact = <Result>(
  scope: Scope,
  work: Work<Result>,
  options?: TransactOptions,
) => Promise<Result>;

/** A client while its transaction lives. */
interface Session {
  readonly client: PoolClient;
  readonly report: Report;
  isOpen: boolean;
  isLost: boolean;
  /** The statement that is under way. */
  running: Promise<StatementResult> | undefined;
}

/** A statement as pg takes it; a name makes it a prepared one. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface StatementResult {
  readonly rows: readonly object[];
  readonly rowCount: number;
  readonly command: string;
}

const sessions = new WeakMap<Transaction, Session>();
const enclosing = new AsyncLocalStorage<Session>();

/** Two wait for each other, or read what the other writes: PostgreSQL ends one, which tries again. */
const RETRIED_CODES = ['40001', '40P01'];
const ATTEMPT_LIMIT = 5;
const RETRY_PAUSE_MS = 10;
/** With this many waiting a new one is refused at once: nobody waits that long. */
const WAITING_LIMIT = 100;

/**
 * Makes the only way to a transaction. Refuses with `temporarily_unavailable` when there is no connection, no
 * disk space, or the connection is lost, in which case a commit that was under way may or may not have
 * happened: whoever repeats a request needs an idempotency key.
 */
export function makeTransact(pool: Pool, report: Report): Transact {
  return async (scope, work, options = {}) => {
    assert(
      enclosing.getStore()?.isOpen !== true,
      'a transaction inside another one would wait for a second connection while it holds the first',
    );
    const begin = beginStatement(scope, options);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const session = await openSession(pool, report);
        return await runIn(session, begin, work);
      } catch (error) {
        const code = errorCodeOf(error) ?? '';
        if (!RETRIED_CODES.includes(code) || attempt === ATTEMPT_LIMIT) throw error;
        report({ kind: 'transaction_retried', cause: code, attempt });
        await pause(RETRY_PAUSE_MS * attempt * Math.random());
      }
    }
  };
}

function beginStatement(scope: Scope, options: TransactOptions): string {
  return `begin isolation level ${options.isolation ?? 'read committed'}; ${scopeStatement(scope)}`;
}

async function openSession(pool: Pool, report: Report): Promise<Session> {
  try {
    if (pool.waitingCount >= WAITING_LIMIT) {
      throw new DatabaseProblem(
        'unreachable',
        `More than ${WAITING_LIMIT} wait for the database. Wait for some seconds.`,
      );
    }
    return { client: await pool.connect(), report, isOpen: true, isLost: false, running: undefined };
  } catch (error) {
    throw asUnavailable(error, report);
  }
}

async function runIn<Result>(session: Session, begin: string, work: Work<Result>): Promise<Result> {
  const tx = Object.freeze({}) as Transaction;
  sessions.set(tx, session);
  try {
    await run(session, { text: begin });
    const result = await enclosing.run(session, async () => work(tx));
    assert(session.running === undefined, 'the work of a transaction awaits every statement');
    const { command } = await run(session, { text: 'commit' });
    assert(command === 'COMMIT', 'the work of a transaction does not go on after a failed statement');
    return result;
  } catch (error) {
    await rollBack(session);
    throw error;
  } finally {
    session.isOpen = false;
    session.client.release(session.isLost);
  }
}

async function rollBack(session: Session): Promise<void> {
  try {
    // What the work did not await concerns whoever holds its promise; here it only has to be over.
    if (session.running !== undefined) await Promise.allSettled([session.running]);
    if (!session.isLost) await session.client.query('rollback');
  } catch {
    // The caller learns why it was rolled back, not this; PostgreSQL does it when the connection goes.
    session.isLost = true;
  }
}

/** Runs one statement of an open transaction; one at a time. */
export async function runStatement(tx: Transaction, statement: Statement): Promise<StatementResult> {
  const session = sessions.get(tx);
  assert(session?.isOpen === true, 'a transaction is over when its work has returned');
  assert(session.running === undefined, 'a transaction runs one statement at a time: await each');
  return run(session, statement);
}

/**
 * Goes on in another scope, to the end of the transaction: in that of an Entity that it has made, or of an
 * Owner for whom one act writes besides.
 */
export async function goOnIn(
  tx: Transaction,
  next: Scope & { readonly kind: 'entity' | 'owner' },
): Promise<void> {
  await runStatement(tx, { text: scopeStatement(next) });
}

async function run(session: Session, statement: Statement): Promise<StatementResult> {
  session.running = send(session, statement);
  try {
    return await session.running;
  } finally {
    session.running = undefined;
  }
}

async function send(session: Session, { name, text, values }: Statement): Promise<StatementResult> {
  try {
    const result = await session.client.query<object>({
      ...(name !== undefined && { name }),
      ...(values !== undefined && { values: [...values] }),
      text,
    });
    return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command };
  } catch (error) {
    session.isLost ||= isConnectionLost(error);
    throw asUnavailable(error, session.report);
  }
}
