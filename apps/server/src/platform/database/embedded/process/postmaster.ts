import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseProblem, diskFull, errorCodeOf } from '../../problem.ts';
import { asAccount, programEnvironment, runProgram } from '../account.ts';
import { NO_SPACE } from '../cluster.ts';
import { readIfThere } from '../files.ts';
import { SOCKET_NAME, type LaunchPlan } from './launch-plan.ts';
import { disownPidFile, isServing, readPidFile, type PidFile } from './pid-file.ts';

/** A PostgreSQL that serves the cluster: our child, or one that outlived the process that had started it. */
export interface Postmaster {
  readonly pid: number;
  readonly isAdopted: boolean;
  /** Resolves, with the cause in a few words, when it has ended. */
  readonly ended: Promise<string>;
}

/** What it takes to end a PostgreSQL. */
type StopPlace = Pick<LaunchPlan, 'binaries' | 'cluster' | 'account'>;

const POLL_MS = 20;
const ADOPTED_POLL_MS = 250;
/** Recovery after a crash reads at most what `max_wal_size` (1 GB) allows: minutes on an SD card. */
const START_LIMIT_MS = 600_000;
/** How long an earlier run may take to finish its start, its stop, or its last statements. */
const LEFTOVER_LIMIT_MS = 60_000;
const FAST_STOP_LIMIT_MS = 30_000;
const IMMEDIATE_STOP_LIMIT_MS = 10_000;
const KEPT_LINES = 20;
const LINE_LIMIT_CHARACTERS = 500;
const LEFTOVER_BACKENDS = /pre-existing shared memory block/;

/**
 * Brings PostgreSQL to serve the cluster of the plan. The caller owns the data folder, so whatever serves it
 * already was left behind by a killed parent: it is adopted when it runs with our very command line, else
 * stopped first.
 */
export async function launch(plan: LaunchPlan): Promise<Postmaster> {
  const deadline = Date.now() + LEFTOVER_LIMIT_MS;
  const adopted = await settleLeftover(plan, deadline);
  if (adopted !== undefined) return adopted;
  await removeStaleSocket(plan);
  for (;;) {
    const started = await spawnPostmaster(plan);
    if (typeof started !== 'string') return started;
    if (!LEFTOVER_BACKENDS.test(started) || Date.now() > deadline) throw startProblem(plan.cluster, started);
    await pause(ADOPTED_POLL_MS);
  }
}

async function settleLeftover(plan: LaunchPlan, deadline: number): Promise<Postmaster | undefined> {
  for (;;) {
    const file = await readPidFile(plan.cluster);
    if (file === undefined) return undefined;
    if (!(await isServing(plan.cluster, file))) {
      await disownPidFile(plan.cluster);
      return undefined;
    }
    if (file.state === 'ready') {
      if (await isRunningAsPlanned(plan)) return adopt(plan.cluster, file);
      await requestStop(plan, file.pid, 'fast');
    }
    if (Date.now() > deadline) {
      const advice = 'End it, then start again.';
      const message = `PostgreSQL of an earlier run (process ${file.pid}) keeps ${plan.cluster}.`;
      throw new DatabaseProblem('folder_in_use', `${message} ${advice}`);
    }
    await pause(ADOPTED_POLL_MS);
  }
}

/** PostgreSQL's lock on the socket is a process number too: a stranger's or a zombie's by now. */
async function removeStaleSocket({ listening }: LaunchPlan): Promise<void> {
  if (listening.kind !== 'socket') return;
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`]) {
    await rm(join(listening.socketFolder, name), { force: true });
  }
}

/** PostgreSQL notes its own command line; the program's path before it depends on how it was resolved. */
async function isRunningAsPlanned(plan: LaunchPlan): Promise<boolean> {
  const noted = (await readIfThere(join(plan.cluster, 'postmaster.opts')))?.trimEnd();
  return (
    noted?.endsWith(
      commandLine(plan)
        .map((part) => ` "${part}"`)
        .join(''),
    ) ?? false
  );
}

function commandLine(plan: LaunchPlan): string[] {
  return ['-D', plan.cluster, ...plan.parameters];
}

/**
 * Ends what a killed parent left serving this cluster; false where nothing does. The caller owns the folder.
 * Refuses with `stop_failed`.
 */
export async function stopLeftover(place: StopPlace): Promise<boolean> {
  const file = await readPidFile(place.cluster);
  if (file === undefined || !(await isServing(place.cluster, file))) return false;
  await stopPostmaster(place, adopt(place.cluster, file));
  return true;
}

function adopt(cluster: string, file: PidFile): Postmaster {
  return { pid: file.pid, isAdopted: true, ended: awaitEnd(cluster, file) };
}

async function awaitEnd(cluster: string, file: PidFile): Promise<string> {
  while (await isServing(cluster, file)) await pause(ADOPTED_POLL_MS);
  return 'an adopted process ended';
}

/** Starts PostgreSQL and waits until it serves; returns its last words when it ends before. */
async function spawnPostmaster(plan: LaunchPlan): Promise<Postmaster | string> {
  const child = spawn(plan.binaries.postgres, commandLine(plan), {
    ...asAccount(plan.account),
    cwd: '/',
    env: programEnvironment(),
    // Its own process group: Ctrl-C in a terminal must reach us alone, so that we stop in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lastLines = keepLines(child, plan.onLine);
  const ended = whenEnded(child);
  const limitMs = plan.startLimitMs ?? START_LIMIT_MS;
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const file = await readPidFile(plan.cluster);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      return [await ended, ...lastLines].join('\n');
    }
    if (file?.pid === child.pid && file.state === 'ready') {
      return { pid: child.pid, isAdopted: false, ended };
    }
    await Promise.race([ended, pause(POLL_MS)]);
  }
  child.kill('SIGQUIT');
  return [`not ready after ${limitMs} ms`, ...lastLines].join('\n');
}

function keepLines(child: ChildProcess, onLine: (line: string) => void): string[] {
  const kept: string[] = [];
  if (child.stderr === null) return kept;
  createInterface({ input: child.stderr }).on('line', (whole) => {
    const line = whole.slice(0, LINE_LIMIT_CHARACTERS);
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    onLine(line);
  });
  return kept;
}

async function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    // 'close' comes after the last line of its output was read.
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
  });
}

function startProblem(cluster: string, lastWords: string): DatabaseProblem {
  if (NO_SPACE.test(lastWords)) return diskFull(cluster, lastWords);
  if (/Address already in use|could not create any TCP\/IP sockets/.test(lastWords)) {
    const advice = 'End the program that listens there, or choose another port.';
    return new DatabaseProblem('port_busy', `The port of the database is taken. ${advice}`, lastWords);
  }
  if (/Permission denied|must be owner|has wrong ownership/.test(lastWords)) {
    const advice = 'Give the folder to the user that starts this program.';
    return new DatabaseProblem('no_permission', `PostgreSQL may not use ${cluster}. ${advice}`, lastWords);
  }
  return new DatabaseProblem('start_failed', `PostgreSQL did not start on ${cluster}: ${lastWords}`);
}

/**
 * Ends PostgreSQL: it refuses new connections, ends those that are left, writes a checkpoint. When that takes
 * too long it stops at once, which costs a recovery at the next start and loses nothing. Refuses with
 * `stop_failed`.
 */
export async function stopPostmaster(plan: StopPlace, postmaster: Postmaster): Promise<void> {
  // Its number may belong to somebody else by now.
  if (await endsWithin(postmaster, 0)) return;
  await requestStop(plan, postmaster.pid, 'fast');
  if (await endsWithin(postmaster, FAST_STOP_LIMIT_MS)) return;
  await requestStop(plan, postmaster.pid, 'immediate');
  if (await endsWithin(postmaster, IMMEDIATE_STOP_LIMIT_MS)) return;
  throw new DatabaseProblem(
    'stop_failed',
    `PostgreSQL (process ${postmaster.pid}) does not end. End it by hand.`,
  );
}

async function endsWithin(postmaster: Postmaster, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(false), limitMs);
    void postmaster.ended.then(() => {
      clearTimeout(limit);
      resolve(true);
    });
  });
}

async function requestStop(plan: StopPlace, pid: number, mode: 'fast' | 'immediate'): Promise<void> {
  if (process.platform === 'win32') {
    await runProgram(plan.binaries.pgCtl, ['stop', '-D', plan.cluster, '-m', mode, '-W'], plan.account);
    return;
  }
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch (error) {
    // It ended by itself in the meantime, which is what we want.
    if (errorCodeOf(error) !== 'ESRCH') throw error;
  }
}
