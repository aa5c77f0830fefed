import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type DatabaseNotice } from '../../src/platform/database/index.ts';
import { startEmbedded } from '../../src/platform/database/embedded/index.ts';

/** A program of its own around the embedded database, so that a test can kill it. */
export interface EmbeddedProcess {
  readonly adminUrl: string;
  /** The process of PostgreSQL. */
  readonly postgresPid: number;
  readonly isAdopted: boolean;
  /** Kills the program as a power cut would: at once, without a word to PostgreSQL. */
  kill(): Promise<void>;
  /** Asks it to stop in order. */
  stop(): Promise<void>;
}

interface Ready {
  readonly adminUrl: string;
  readonly postgresPid: number;
  readonly isAdopted: boolean;
}

interface RunOptions {
  readonly folder: string;
  /** Another user than ours, if we are root. */
  readonly uid?: number;
}

/** Starts the program and waits until PostgreSQL serves; rejects with what it said when it does not. */
export async function runEmbedded({ folder, uid }: RunOptions): Promise<EmbeddedProcess> {
  const child = fork(import.meta.filename, [folder], {
    silent: true,
    ...(uid !== undefined && { uid, gid: uid }),
    env: { ...process.env, EMBEDDED_PROCESS: '1' },
  });
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready));
    child.once('exit', () => reject(new Error(said)));
  });
  return {
    ...ready,
    kill: async () => end(child, () => child.kill('SIGKILL')),
    stop: async () => end(child, () => child.send('stop')),
  };
}

async function end(child: ChildProcess, how: () => boolean): Promise<void> {
  const exit = once(child, 'exit');
  how();
  await exit;
}

async function main(folder: string): Promise<void> {
  let isAdopted = false;
  const report = (notice: DatabaseNotice): void => {
    if (notice.kind === 'postgres_started') isAdopted = notice.isAdopted;
  };
  const embedded = await startEmbedded({ folder, report });
  process.once('message', () => {
    void embedded.stop().then(() => process.disconnect());
  });
  const ready: Ready = { adminUrl: embedded.adminUrl.revealText(), postgresPid: embedded.pid, isAdopted };
  process.send?.(ready);
}

if (process.env['EMBEDDED_PROCESS'] === '1' && process.argv[2] !== undefined) await main(process.argv[2]);
