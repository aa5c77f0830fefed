import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startGuarded } from './guarded-program.ts';

/** A program that writes its process identifier into a file and then waits for ever. */
function waitingProgram() {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-guarded-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'pid');
  const args = ['-c', 'echo $$ >"$1.new"; mv "$1.new" "$1"; exec sleep 600', 'sh', file];
  const running = async (): Promise<() => boolean> => {
    await expect.poll(() => existsSync(file)).toBe(true);
    const pid = Number(readFileSync(file, 'utf8'));
    return () => existsSync(`/proc/${pid}`);
  };
  return { args, running };
}

it.runIf(process.platform === 'linux')('ends when it is stopped', async () => {
  const { args, running } = waitingProgram();
  const guarded = startGuarded('/bin/sh', args);
  const isRunning = await running();

  await guarded.stop();

  expect(isRunning()).toBe(false);
});

it.runIf(process.platform === 'linux')('ends when whoever started it is killed', async () => {
  const { args, running } = waitingProgram();
  const module = JSON.stringify(join(import.meta.dirname, 'guarded-program.ts'));
  const starting = `import(${module}).then((it) => it.startGuarded('/bin/sh', ${JSON.stringify(args)}))`;
  const starter = fork('-', [], { execArgv: ['--eval', starting], stdio: 'ignore' });
  const isRunning = await running();

  starter.kill('SIGKILL');
  await once(starter, 'exit');

  await expect.poll(isRunning).toBe(false);
});
