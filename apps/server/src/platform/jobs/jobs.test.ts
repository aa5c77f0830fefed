import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { addJob, newIdentifier } from '../database/index.ts';
import { defineJob, startJobs } from './index.ts';

const workerProgram = join(import.meta.dirname, '../../../test/job-worker.ts');
/** Far longer than the pause before a connection is made again. */
const lookEveryMs = 1_000;
/** Real processes, on a machine that does other things too. */
const wait = { timeout: 30_000, interval: 20 };
const limitMs = 60_000;

let test: TestDatabase;
let stops: (() => Promise<unknown>)[];
beforeEach(async () => {
  test = await createTestDatabase();
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  await test.drop();
});

async function ask(task: string): Promise<void> {
  await test.database.transact({ kind: 'entity', entityId: newIdentifier() }, (tx) =>
    addJob(tx, { task, payload: {} }),
  );
}

interface Taken {
  readonly task: string;
  readonly worker: string | null;
}

function taken(): Promise<Taken[]> {
  return test.asAdmin<Taken>('select task_identifier as task, locked_by as worker from graphile_worker.jobs');
}

/** Another process, which has taken a job that it never ends. */
async function startHanging(): Promise<ChildProcess> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [workerProgram, test.adminUrl.revealText(), `${lookEveryMs}`], {
    stdio: [...stdio],
  });
  stops.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await ask('hang');
  await vi.waitFor(() => expect(said.join('')).toContain('taken'), wait);
  return child;
}

/** A worker of this process; returns what it has done, and what it noted. */
async function startWorker(): Promise<{ readonly done: string[]; readonly notes: string[] }> {
  const [done, notes]: [string[], string[]] = [[], []];
  const kindOf = (name: string) =>
    defineJob(name, z.unknown(), () => {
      done.push(name);
      return Promise.resolve();
    });
  const runner = await startJobs({
    pool: test.database.jobsPool,
    kinds: [kindOf('hang'), kindOf('orphan')],
    timed: [],
    onFault: (job, error) => notes.push(`${job}: ${String(error)}`),
    onNote: (level, text) => level === 'warn' && notes.push(text),
    lookEveryMs,
  });
  stops.push(() => runner.stop());
  return { done, notes };
}

/** A job of a worker that nobody holds alive: once it is done, dead workers have been looked for twice. */
async function plantOrphan(): Promise<void> {
  await ask('orphan');
  await test.asAdmin(
    `update graphile_worker._private_jobs as j set locked_by = 'nobody', locked_at = now(), attempts = 1
     from graphile_worker._private_tasks as t where t.id = j.task_id and t.identifier = 'orphan'`,
  );
}

it(
  'a job that a process had taken when it was killed is done by another one',
  async () => {
    const child = await startHanging();
    const { done } = await startWorker();
    child.kill('SIGKILL');

    await vi.waitFor(() => expect(done).toEqual(['hang']), wait);
    await vi.waitFor(async () => expect(await taken()).toEqual([]), wait);
  },
  limitMs,
);

it(
  'a job of a process that only hangs stays its own, however long that takes',
  async () => {
    const child = await startHanging();
    const [before] = await taken();
    child.kill('SIGSTOP');
    await plantOrphan();
    const { done } = await startWorker();
    await vi.waitFor(() => expect(done).toEqual(['orphan']), wait);
    await plantOrphan();
    await vi.waitFor(() => expect(done).toEqual(['orphan', 'orphan']), wait);
    await vi.waitFor(async () => expect(await taken()).toEqual([before]), wait);
    child.kill('SIGCONT');
  },
  limitMs,
);

/** Ends the connections that show that workers live. */
async function cutLives(): Promise<number> {
  const cut = await test.asAdmin(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and mode = 'ShareLock'
       and database = (select oid from pg_database where datname = current_database())`,
  );
  return cut.length;
}

it(
  'a process whose connection is lost holds its life again, and takes the next job then',
  async () => {
    const { done, notes } = await startWorker();
    await vi.waitFor(async () => expect(await cutLives()).toBe(1), wait);
    // Until it has noticed, it may well take one.
    await vi.waitFor(
      () => expect(notes.join()).toContain('no connection shows that this worker lives'),
      wait,
    );
    await ask('hang');

    await vi.waitFor(() => expect(done).toEqual(['hang']), wait);
    // One that was just being asked for was let through before the loss was noticed.
    await vi.waitFor(async () => expect(await cutLives()).toBe(1), wait);
  },
  limitMs,
);

it(
  'a job whose process has lost its connection is not given to another while that can come back',
  async () => {
    await startHanging();
    const [before] = await taken();
    expect(await cutLives()).toBe(1);
    await plantOrphan();
    const { done } = await startWorker();

    await vi.waitFor(() => expect(done).toEqual(['orphan']), wait);
    await vi.waitFor(async () => expect(await taken()).toEqual([before]), wait);
  },
  limitMs,
);
