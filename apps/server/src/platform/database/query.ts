import assert from 'node:assert/strict';
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import type { StoredInstant } from './connection/column-types.ts';
import { errorCodeOf } from './problem.ts';
import type { Tables } from './tables.ts';
import { runStatement, type Transaction } from './transaction.ts';

/** What a store may do with a transaction: queries over our tables, and nothing else. */
export type Query = Pick<
  Kysely<Tables>,
  'selectFrom' | 'selectNoFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'with' | 'fn' | 'getExecutor'
>;

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

const queries = new WeakMap<Transaction, Query>();

/** The typed queries of a transaction. Only files named `store.ts` may import this. */
export function query(tx: Transaction): Query {
  const known = queries.get(tx);
  if (known !== undefined) return known;
  const made = new Kysely<Tables>({ dialect: dialectOver(tx) });
  queries.set(tx, made);
  return made;
}

/** A statement of a hot path; `name` is its own and never used for another text. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Runs a statement that each connection prepares once and knows by name. The rows are what the caller says
 * they are: it names every column. Instants go in as Date.
 */
export async function queryNamed<Row extends object>(
  tx: Transaction,
  statement: NamedStatement,
): Promise<Row[]> {
  const result = await runStatement(tx, statement);
  return result.rows as Row[];
}

/**
 * Whether a statement failed because such a row is there already; its transaction can only be rolled back.
 */
export function isUniqueViolation(error: unknown): boolean {
  return errorCodeOf(error) === UNIQUE_VIOLATION;
}

/**
 * Whether a row could not be removed, or added, because of what refers to it; its transaction can only be
 * rolled back.
 */
export function isForeignKeyViolation(error: unknown): boolean {
  return errorCodeOf(error) === FOREIGN_KEY_VIOLATION;
}

/** An instant (epoch milliseconds) in a comparison or a template: `where('at', '<', sqlInstant(now))`. */
export function sqlInstant(atMs: number): RawBuilder<StoredInstant> {
  assert(Number.isFinite(atMs), 'an instant is a number of milliseconds');
  return sql<StoredInstant>`${new Date(atMs)}::timestamptz`;
}

/** The database's own clock, which the queue of jobs goes by, in a comparison. */
export function sqlNow(): RawBuilder<StoredInstant> {
  return sql<StoredInstant>`now()`;
}

function dialectOver(tx: Transaction): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOver(tx),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function driverOver(tx: Transaction): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async (compiled) => execute(tx, compiled),
    streamQuery: () => assert.fail('a store reads pages, it does not stream'),
  };
  const nothingToDo = async (): Promise<void> => Promise.resolve();
  const isOurs = (): never => assert.fail('a transaction begins and ends in transact');
  return {
    init: nothingToDo,
    acquireConnection: async () => Promise.resolve(connection),
    releaseConnection: nothingToDo,
    destroy: nothingToDo,
    beginTransaction: isOurs,
    commitTransaction: isOurs,
    rollbackTransaction: isOurs,
  };
}

async function execute<Row>(tx: Transaction, compiled: CompiledQuery): Promise<QueryResult<Row>> {
  const result = await runStatement(tx, { text: compiled.sql, values: compiled.parameters });
  return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount) };
}
