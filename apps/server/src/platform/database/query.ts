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

/** How a statement is called where each connection prepares it; undefined: it is planned each time. */
type Naming = (text: string) => string | undefined;

/** Texts that get a name in this process: one with a place for each of many values is ever another text. */
const NAME_LIMIT = 500;
const names = new Map<string, string>();

const nameOf: Naming = (text) => {
  const known = names.get(text);
  if (known !== undefined || names.size === NAME_LIMIT) return known;
  const name = `keyed_${names.size}`;
  names.set(text, name);
  return name;
};

const queries = new WeakMap<Transaction, Query>();
const keyedQueries = new WeakMap<Transaction, Query>();

/** The typed queries of a transaction. Only files named `store.ts` may import this. */
export function query(tx: Transaction): Query {
  return queryOf(tx, queries, () => undefined);
}

/**
 * As `query`, for hot paths whose statements find their rows by key: one plan is good for whatever values, so
 * each connection plans a statement once. Not for lists with filters, whose plans the values decide.
 */
export function keyedQuery(tx: Transaction): Query {
  return queryOf(tx, keyedQueries, nameOf);
}

function queryOf(tx: Transaction, made: WeakMap<Transaction, Query>, naming: Naming): Query {
  const known = made.get(tx);
  if (known !== undefined) return known;
  const fresh = new Kysely<Tables>({ dialect: dialectOver(tx, naming) });
  made.set(tx, fresh);
  return fresh;
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
 * Whether a row could not be removed, or added, because of what refers to it; its transaction can only be
 * rolled back.
 */
export function isForeignKeyViolation(error: unknown): boolean {
  return errorCodeOf(error) === FOREIGN_KEY_VIOLATION;
}

/** Whether what a change makes unique was free; where it was not, its transaction can only be rolled back. */
export async function wasFree(change: Promise<unknown>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (errorCodeOf(error) === UNIQUE_VIOLATION) return false;
    throw error;
  }
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

function dialectOver(tx: Transaction, naming: Naming): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOver(tx, naming),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function driverOver(tx: Transaction, naming: Naming): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async (compiled) => execute(tx, compiled, naming),
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

async function execute<Row>(
  tx: Transaction,
  compiled: CompiledQuery,
  naming: Naming,
): Promise<QueryResult<Row>> {
  const [name, text] = [naming(compiled.sql), compiled.sql];
  const result = await runStatement(tx, { ...(name && { name }), text, values: compiled.parameters });
  return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount) };
}
