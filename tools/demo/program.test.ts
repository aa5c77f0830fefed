import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram, startProgram } from './program.ts';

/** The plan of a program that writes these lines to its standard error and fails. */
function failing(...lines: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-program-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const text = JSON.stringify(lines.map((line) => `${line}\n`).join(''));
  const args = ['--eval', `process.stderr.write(${text}, () => process.exit(1))`];
  return { name: 'server', args, logFile: join(folder, 'server.log') };
}

it.each([
  [
    'the sentence for people, whole',
    ['{"level":"info","event":"opening"}', 'claviger: The folder is in use.', 'Stop the other program.', ''],
    'The folder is in use.\nStop the other program.',
  ],
  [
    'the last complaint of its log',
    ['{"level":"error","event":"port 3100 is busy"}', '{"level":"info","event":"stopping"}'],
    'port 3100 is busy',
  ],
  [
    'an error without its stack',
    ['claviger: TypeError: x is not a function', '    at run (file.ts:1:1)', '', 'Node.js v24.21.0'],
    'TypeError: x is not a function',
  ],
])('a program that does not start leaves %s', async (_what, lines, expected) => {
  const plan = failing(...lines);

  const message = `server did not start: ${expected}\nMore is in ${plan.logFile}`;
  await expect(startProgram(plan)).rejects.toThrow(new Error(message));
  await expect(runProgram(plan)).rejects.toThrow(`server failed: ${expected}`);
  expect(readFileSync(plan.logFile, 'utf8')).toContain(lines[0]);
});

it('a program that ends without a word leads to its log', async () => {
  const plan = failing();

  await expect(startProgram(plan)).rejects.toThrow(`server did not start; see ${plan.logFile}`);
});
