/**
 * Work that is done later or again and again, by graphile-worker in the same PostgreSQL: a job becomes due
 * with the transaction that asks for it, or not at all. Every job can run twice without harm. What a process
 * had taken when it died is taken by others, or by its successor, within seconds (`life.ts`).
 */
import { EventEmitter } from 'node:events';
import {
  Logger,
  parseCronItems,
  run,
  type CronItem,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { createLife } from './life.ts';

/** Jobs of one process that run at once: access lists are not to wait for a mail server. */
const concurrency = 4;

/** A job is tried this often, with growing pauses, before it is left for the operator to look at. */
export const attemptLimit = 12;

/** One kind of job: what it is given, checked, and what it does. */
export interface JobKind {
  readonly name: string;
  readonly work: (payload: unknown) => Promise<void>;
}

/** A job that runs on a timetable (UTC, crontab form), once per due minute in the whole installation. */
export interface TimedJob {
  readonly name: string;
  readonly timetable: string;
  readonly work: () => Promise<void>;
  /** Done besides, once, as soon as a process has started: one that died may have left it. */
  readonly atStart?: () => Promise<void>;
}

/** Declares a kind of job; a payload that does not fit its schema is a bug and fails the job. */
export function defineJob<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  work: (payload: Payload) => Promise<void>,
): JobKind {
  return { name, work: (given) => work(payload.parse(given)) };
}

export interface JobsOptions {
  readonly pool: Pool;
  readonly kinds: readonly JobKind[];
  readonly timed: readonly TimedJob[];
  readonly onFault: (job: string, error: unknown) => void;
  /** What the library has to say, beside the faults of jobs. */
  readonly onNote: (level: 'debug' | 'warn', text: string) => void;
  /** How often dead workers are looked for; left out, every five seconds. */
  readonly lookEveryMs?: number | undefined;
}

function tasksOf({ kinds, timed, onFault }: JobsOptions): TaskList {
  const task = (name: string, work: (payload: unknown) => Promise<void>): [string, TaskList[string]] => [
    name,
    async (payload) => {
      try {
        await work(payload);
      } catch (error) {
        onFault(name, error);
        throw error;
      }
    },
  ];
  return Object.fromEntries([
    ...kinds.map(({ name, work }) => task(name, work)),
    ...timed.map(({ name, work }) => task(name, () => work())),
  ]);
}

function quietLogger(onNote: JobsOptions['onNote']): Logger {
  return new Logger(() => (level, message) => {
    onNote(level === 'error' || level === 'warning' ? 'warn' : 'debug', message);
  });
}

/** Does what each timed job does at a start; never rejects. */
async function workAtStart({ timed, onFault }: JobsOptions): Promise<void> {
  for (const { name, atStart } of timed) {
    try {
      await atStart?.();
    } catch (error) {
      onFault(name, error);
    }
  }
}

/** Starts to work; `stop` lets what is under way finish. */
export async function startJobs(options: JobsOptions): Promise<Pick<Runner, 'stop'>> {
  const items: CronItem[] = options.timed.map(({ name, timetable }) => ({
    task: name,
    match: timetable,
    options: { backfillPeriod: 0, maxAttempts: 1 },
  }));
  const life = createLife(options);
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    life.begin(workerPool.id);
  });
  const runner = await run({
    pgPool: options.pool,
    events,
    // Asked before each job is taken.
    forbiddenFlags: async () => {
      await life.awaited();
      return null;
    },
    concurrency,
    noHandleSignals: true,
    logger: quietLogger(options.onNote),
    taskList: tasksOf(options),
    parsedCronItems: parseCronItems(items),
    schema: 'graphile_worker',
  });
  const started = workAtStart(options);
  return {
    stop: async () => {
      await started;
      life.expectEnd();
      await runner.stop();
      await life.end();
    },
  };
}
