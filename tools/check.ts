/**
 * Everything a change must pass, but for the browser stories. Light steps run two at a time, then the build,
 * the tests and the simulation, each alone, because they use both cores themselves. Every step runs,
 * whichever failed; a table closes the run. With `--proof` what a release must pass besides, in hours: the
 * same proofs in full (decision record 0063).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { compileMessages } from './demo/messages.ts';

/** A script of package.json, with the arguments it gets here. */
interface Step {
  readonly script: string;
  readonly given?: readonly string[];
}

interface Verdict {
  readonly script: string;
  readonly word: 'passed' | 'failed' | 'hung';
  readonly seconds: number;
}

const isProof = process.argv.includes('--proof');
const LANES = 2;
/** Far beyond what the longest step takes on two cores: what is still running hangs, and is ended. */
const STEP_LIMIT_MS = isProof ? 6 * 3_600_000 : 30 * 60_000;
const DRAIN_LIMIT_MS = 2_000;

const LIGHT: readonly Step[] = [
  { script: 'types' },
  { script: 'lint' },
  { script: 'generate', given: ['--check'] },
  { script: 'format' },
  { script: 'imports' },
];
/** The budget builds the web faces; the browser stories find them built. */
const HEAVY: readonly Step[] = [
  { script: 'budget' },
  { script: 'test' },
  { script: 'matrix', given: ['--way', 'whole'] },
  { script: 'fuzz' },
  { script: 'sim', given: ['--seeds', '40'] },
];
const PROOF: readonly Step[] = [
  { script: 'matrix', given: ['--way', 'all', '--mutate'] },
  { script: 'sim', given: ['--seeds', '200'] },
  { script: 'sim', given: ['--planted'] },
  { script: 'chaos', given: ['--kills', '60'] },
];

const running = new Set<ChildProcess>();

/** Ends a step with all that it started, which is a process group of its own where there are such groups. */
function end(child: ChildProcess): void {
  if (child.pid === undefined || !running.has(child)) return;
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
}

function start({ script, given = [] }: Step, output: 'pipe' | 'inherit'): ChildProcess {
  const child = spawn(process.execPath, ['--run', script, '--', ...given], {
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs one step. Its output is shown at once or, when it shares the screen with another, if it failed. */
async function run(step: Step, output: 'pipe' | 'inherit'): Promise<Verdict> {
  const startedAt = performance.now();
  const child = start(step, output);
  const printed: Buffer[] = [];
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  const limit = AbortSignal.timeout(STEP_LIMIT_MS);
  limit.addEventListener('abort', () => end(child));

  const closed = once(child, 'close');
  await once(child, 'exit');
  const word = limit.aborted ? 'hung' : child.exitCode === 0 ? 'passed' : 'failed';
  // What a step has left running may hold its output open for ever.
  await Promise.race([closed, setTimeout(DRAIN_LIMIT_MS, undefined, { ref: false })]);
  for (const stream of streams) stream.destroy();

  const verdict = { script: step.script, word, seconds: (performance.now() - startedAt) / 1000 } as const;
  if (word !== 'passed') process.stdout.write(Buffer.concat(printed));
  process.stdout.write(`${lineOf(verdict)}\n`);
  return verdict;
}

function lineOf({ script, word, seconds }: Verdict): string {
  return `${script.padEnd(10)} ${word.padEnd(7)} ${seconds.toFixed(1).padStart(7)} s`;
}

async function runLane(waiting: Step[], verdicts: Verdict[]): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    verdicts.push(await run(step, 'pipe'));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) end(child);
    process.exit(1);
  });
}

await compileMessages();
const verdicts: Verdict[] = [];
const waiting = isProof ? [] : [...LIGHT];
await Promise.all(Array.from({ length: LANES }, () => runLane(waiting, verdicts)));
for (const step of isProof ? PROOF : HEAVY) verdicts.push(await run(step, 'inherit'));

process.stdout.write(`\n${verdicts.map(lineOf).join('\n')}\n`);
if (verdicts.some(({ word }) => word !== 'passed')) process.exitCode = 1;
