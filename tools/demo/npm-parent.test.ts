import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const module = JSON.stringify(join(import.meta.dirname, 'npm-parent.ts'));
const program = `import(${module}).then((it) => {
  it.onceNpmIsGone(() => process.exit());
  console.log(process.pid);
  setInterval(() => {}, 1000);
})`;

/** Runs the program as npm does: behind a shell that waits for it. */
const asNpm = `const { spawn } = require('node:child_process');
const shell = ['-c', '"$1" --eval "$2"; exit $?', 'sh', process.execPath, process.argv[1]];
spawn('sh', shell, { stdio: 'inherit' });`;

it.runIf(process.platform === 'linux').each([
  ['is over when npm was killed', 'start', false],
  ['may stay when npm has nothing to do with it', undefined, true],
])('a program %s', { timeout: 15_000 }, async (_what, script, stays) => {
  const env = { ...process.env, npm_lifecycle_event: script };
  const npm = spawn(process.execPath, ['--eval', asNpm, program], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: npm.stdout }), 'line')) as [string];
  const pid = Number(line);
  const isRunning = (): boolean => existsSync(`/proc/${pid}`);

  npm.kill('SIGKILL');
  await once(npm, 'exit');

  // One that stays has come to rest only when it was looked at for longer than its checks are apart.
  const end = performance.now() + (stays ? 2_500 : 10_000);
  await expect.poll(() => !isRunning() || performance.now() > end, { timeout: 11_000 }).toBe(true);
  expect(isRunning()).toBe(stays);
  if (stays) process.kill(pid, 'SIGKILL');
});
