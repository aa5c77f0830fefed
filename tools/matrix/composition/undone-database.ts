/**
 * A database of which nothing stays: the server works in it as always, each of its transactions is a
 * savepoint, and what a cell has done is rolled back when it is over. Two connections, one for each role of
 * the server; between the server's statements the proof looks as the administrator.
 */
import assert from 'node:assert/strict';
import { Client, type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { columnTypes } from '../../../apps/server/src/platform/database/connection/column-types.ts';
import type { Database, Hear, Scope } from '../../../apps/server/src/platform/database/index.ts';
import { makeTransact } from '../../../apps/server/src/platform/database/transaction.ts';

type Role = 'claviger_app' | 'claviger_auth';

/** One connection for what takes a pool: whoever connects has it alone, and waits for the one before. */
class Lane {
  readonly client: Client;
  readonly #role: Role;
  #free: Promise<void> = Promise.resolve();

  constructor(url: string, role: Role) {
    // Only what the feature's own queries read has types of our own; the sign-in library reads dates.
    this.client = new Client({
      connectionString: url,
      ...(role === 'claviger_app' && { types: columnTypes }),
    });
    this.#role = role;
  }

  async open(): Promise<void> {
    await this.client.connect();
  }

  async begin(): Promise<void> {
    const path = this.#role === 'claviger_app' ? 'claviger' : 'auth';
    await this.client.query(`begin; set local role ${this.#role}; set local search_path = ${path}`);
  }

  async undo(): Promise<void> {
    await this.#free;
    await this.client.query('rollback');
  }

  /**
   * A statement past every policy, in the transaction of the cell; the role of the server is back after it.
   */
  async asAdmin<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    await this.client.query('reset role');
    const { rows } = await this.client.query<Row>(text, [...values]);
    await this.client.query(`set local role ${this.#role}`);
    return rows;
  }

  /** As a pool is used: a connection for a transaction, or one statement. */
  pool(): Pool {
    const pool: object = {
      waitingCount: 0,
      connect: () => this.#take(),
      query: async (statement: string | QueryConfig, values?: unknown[]) => {
        const taken = await this.#take();
        try {
          return await taken.query(statement as string, values);
        } finally {
          taken.release();
        }
      },
      on: () => pool,
      end: () => Promise.resolve(),
    };
    return pool as Pool;
  }

  async #take(): Promise<PoolClient> {
    const before = this.#free;
    let free = (): void => undefined;
    this.#free = new Promise((resolve) => (free = resolve));
    await before;
    const client: object = { query: this.#statements(), release: free, on: () => undefined };
    return client as PoolClient;
  }

  /** Whoever begins and commits gets a savepoint; a statement outside that has one of its own. */
  #statements() {
    let isInWork = false;
    const words: Readonly<Record<string, (text: string) => Promise<QueryResult>>> = {
      begin: (text) => {
        isInWork = true;
        // The scope travels in one message with it.
        const [, scope = ''] = /;(.*)$/s.exec(text) ?? [];
        return this.client.query(`savepoint work;${scope}`);
      },
      commit: async () => {
        isInWork = false;
        return { ...(await this.client.query('release savepoint work')), command: 'COMMIT' };
      },
      rollback: () => {
        isInWork = false;
        return this.client.query('rollback to savepoint work; release savepoint work');
      },
    };
    return async (given: string | QueryConfig, values?: unknown[]): Promise<QueryResult> => {
      const config = typeof given === 'string' ? { text: given } : given;
      const word = words[/^\s*(\w+)/.exec(config.text)?.[1]?.toLowerCase() ?? ''];
      if (word) return word(config.text);
      return isInWork ? this.client.query(config, values) : this.#alone(config, values);
    };
  }

  async #alone(config: QueryConfig, values: unknown[] | undefined): Promise<QueryResult> {
    await this.client.query('savepoint statement');
    try {
      const result = await this.client.query(config, values);
      await this.client.query('release savepoint statement');
      return result;
    } catch (error) {
      await this.client.query('rollback to savepoint statement; release savepoint statement');
      throw error;
    }
  }
}

/** What the database takes for the scope of a transaction; the application says what it wants. */
export type Rescope = (scope: Scope) => Scope;

export interface UndoneDatabase {
  readonly database: Database;
  /** Decides in whose scope a transaction really acts; undefined: as the application says. */
  rescope: Rescope | undefined;
  /** Begins what `undo` will take back. */
  begin(): Promise<void>;
  undo(): Promise<void>;
  /**
   * Looks past the policies at what the cell has done so far: at tenants' tables, and at those of Accounts.
   */
  readonly tenants: Pick<Lane, 'asAdmin'>;
  readonly accounts: Pick<Lane, 'asAdmin'>;
  /** Hands a notice to whoever listens, as PostgreSQL does after a commit. */
  tell(channel: string, payload: string): void;
  close(): Promise<void>;
}

/** Opens it over a migrated database, at its administrator's address. */
export async function openUndone(url: string): Promise<UndoneDatabase> {
  const [app, auth] = [new Lane(url, 'claviger_app'), new Lane(url, 'claviger_auth')];
  await Promise.all([app.open(), auth.open()]);
  const listening = new Map<string, Set<Hear>>();
  const transact = makeTransact(app.pool(), () => undefined);
  const undone: UndoneDatabase = {
    rescope: undefined,
    database: {
      transact: (scope, work, options) => transact(undone.rescope?.(scope) ?? scope, work, options),
      listen: (channel, hear) => {
        const hearing = listening.get(channel) ?? new Set();
        listening.set(channel, hearing.add(hear));
        return Promise.resolve(() => {
          hearing.delete(hear);
          return Promise.resolve();
        });
      },
      authPool: auth.pool(),
      jobsPool: auth.pool(),
      close: () => Promise.resolve(),
    },
    begin: async () => {
      await Promise.all([app.begin(), auth.begin()]);
    },
    undo: async () => {
      await Promise.all([app.undo(), auth.undo()]);
    },
    tenants: app,
    accounts: auth,
    tell: (channel, payload) => {
      const hearing = listening.get(channel);
      assert(hearing, `nobody listens to ${channel}`);
      for (const hear of hearing) hear({ kind: 'message', payload });
    },
    close: async () => {
      await Promise.all([app.client.end(), auth.client.end()]);
    },
  };
  return undone;
}
