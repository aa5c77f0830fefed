/**
 * Loaded before a door agent or a server: at SIGUSR2 it reads its order, and when the program comes by that
 * moment it ends it by SIGKILL, as nothing inside could prevent. The programs know nothing of it.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeEvent } from '@claviger/protocol';
import pg from 'pg';
import type { Moment } from './moments.ts';

const orderFile = new URL(import.meta.url).searchParams.get('order') ?? '';
let order: Moment | undefined;
process.on('SIGUSR2', () => {
  order = readFileSync(orderFile, 'utf8') as Moment;
});

function dieAt(...moments: readonly Moment[]): void {
  if (order !== undefined && moments.includes(order)) process.kill(process.pid, 'SIGKILL');
}

/** What the open transaction of the door has written so far. */
const written = { grant: false, list: false };

function noteStatement(sql: string, values: readonly unknown[]): void {
  if (sql.startsWith('insert into events')) {
    const [, encoded] = values;
    written.grant ||= encoded instanceof Uint8Array && decodeEvent(encoded).type === 'key_accepted';
  } else if (sql.startsWith('insert into memory')) {
    written.list ||= /^list\/\d+\/head$/.test(String(values[0]));
  }
}

/** Puts a method of ours in the place of a prototype's own, which it is given to call. */
function replaceMethod<Target extends object, Name extends keyof Target>(
  prototype: Target,
  name: Name,
  replacement: (own: (self: Target, values: readonly unknown[]) => unknown) => Target[Name],
): void {
  const method = prototype[name] as (...values: readonly unknown[]) => unknown;
  prototype[name] = replacement((self, values) => Reflect.apply(method, self, values));
}

function sabotageDoor(): void {
  replaceMethod(StatementSync.prototype, 'run', (run) => {
    return function sabotaged(this: StatementSync, ...values: readonly unknown[]) {
      noteStatement(this.sourceSQL, values);
      return run(this, values);
    } as StatementSync['run'];
  });
  replaceMethod(DatabaseSync.prototype, 'exec', (exec) => {
    return function sabotaged(this: DatabaseSync, sql: string) {
      if (sql.startsWith('begin')) Object.assign(written, { grant: false, list: false });
      const isCommit = sql === 'commit';
      if (isCommit && written.grant) dieAt('before the commit');
      if (isCommit && written.list) dieAt('during the swap');
      exec(this, [sql]);
      if (isCommit && written.grant) dieAt('between commit and relay');
    };
  });
}

/** The clients whose open transaction has taken events of a door in. */
const takingIn = new WeakSet();

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { text } = statement as { readonly text?: unknown };
  return typeof text === 'string' ? text : '';
}

async function afterCommit<Result>(answer: Promise<Result>): Promise<Result> {
  const result = await answer;
  dieAt('between intake and its confirmation');
  return result;
}

function sabotageServer(): void {
  replaceMethod(pg.Client.prototype, 'query', (query) => {
    return function sabotaged(this: pg.Client, ...values: readonly unknown[]) {
      const text = textOf(values[0]);
      if (text.startsWith('begin')) takingIn.delete(this);
      if (text.startsWith('insert into "activity_events"')) takingIn.add(this);
      const isIntake = text === 'commit' && takingIn.has(this);
      if (isIntake) dieAt('during intake');
      const answer = query(this, values);
      return isIntake ? afterCommit(answer as Promise<unknown>) : answer;
    } as pg.Client['query'];
  });
}

sabotageDoor();
sabotageServer();
