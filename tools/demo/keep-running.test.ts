import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepRunning, type KeepPlan } from './keep-running.ts';
import { startProgram, type Program } from './program.ts';

const steady = `for (const cause of ['disconnect', 'SIGTERM']) process.on(cause, () => process.exit(0));
console.log('{"ready":true}');`;
const brief = `${steady} setTimeout(() => process.exit(3), 1);`;
const times = { firstPauseMs: 1, longestPauseMs: 4, steadyAfterMs: 60_000, quickEndLimit: 3 };

/** Starts programs of these texts, one after another, and keeps what is said. */
async function keep(texts: readonly string[], change: Partial<KeepPlan> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-kept-'));
  const said: string[] = [];
  const started: Program[] = [];
  const start = async (signal?: AbortSignal): Promise<Program> => {
    const text = texts[Math.min(started.length, texts.length - 1)] ?? '';
    const logFile = join(folder, 'log');
    const program = await startProgram({ name: 'server', args: ['--eval', text], logFile, signal });
    started.push(program);
    return program;
  };
  const kept = keepRunning(await start(), { start, say: (line) => said.push(line), times, ...change });
  onTestFinished(async () => {
    await kept.stop();
    rmSync(folder, { recursive: true });
  });
  return { kept, said, started };
}

it('starts a program again that was killed, says after which pause, and that it is back', async () => {
  const { kept, said, started } = await keep([steady]);

  started[0]?.process.kill('SIGKILL');

  await expect
    .poll(() => said, { timeout: 40_000 })
    .toEqual(['The server was ended by SIGKILL; starting it again in 0.001 s', 'The server is back.']);
  expect(kept.current()).not.toBe(started[0]);
  expect(started.length).toBe(2);
});

it('gives up after so many quick ends in a row, and says how the last one was', async () => {
  const { kept, said } = await keep([brief]);

  expect(await kept.over).toEqual({
    kind: 'given_up',
    why: 'The server ended with exit code 3. That was 3 times in a row.',
  });
  expect(said.map((line) => line.replace(/^.*; /, ''))).toEqual([
    'starting it again in 0.001 s',
    'The server is back.',
    'starting it again in 0.002 s',
    'The server is back.',
  ]);
});

it('counts a start that failed as an end', async () => {
  const { kept } = await keep([brief], { start: () => Promise.reject(new Error('the port is busy')) });

  expect(await kept.over).toEqual({
    kind: 'given_up',
    why: 'the port is busy. That was 3 times in a row.',
  });
});

it('leaves a program alone that somebody stopped in order', async () => {
  const { kept, said, started } = await keep([steady]);

  started[0]?.process.kill('SIGTERM');

  expect(await kept.over).toEqual({ kind: 'ended' });
  expect([said, started.length]).toEqual([[], 1]);
});

it('stops in a pause at once, and knows that the program did not end in order', async () => {
  const { kept, said, started } = await keep([steady], {
    times: { ...times, firstPauseMs: 600_000, longestPauseMs: 600_000 },
  });
  started[0]?.process.kill('SIGKILL');
  await expect.poll(() => said.length, { timeout: 40_000 }).toBe(1);

  expect(await kept.stop()).toBe(false);

  expect(await kept.over).toEqual({ kind: 'stopped' });
  expect(started.length).toBe(1);
});

it('stops a running program in order', async () => {
  const { kept } = await keep([steady]);

  expect(await kept.stop()).toBe(true);
  expect(await kept.over).toEqual({ kind: 'stopped' });
});
