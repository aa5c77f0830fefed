/**
 * `npm run fuzz -- [--count N] [--seed S]`: offers N hostile inputs (a million, if not told) to the entrances
 * and prints how many were accepted and how many crashed; both have to be 0. Worlds are seeded one after the
 * other from S: a world of the report is repeated with its seed and `--count 500`.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { addTallies, emptyTally, fuzzWorld, inputsPerWorld, type Tally } from '@claviger/sim/fuzz';

/** The seeds of one worker, and how many inputs the last world of all gets. */
interface Share {
  readonly seeds: readonly [first: number, end: number, step: number];
  readonly inputs: number;
}

interface Report {
  readonly tally: Tally;
  /** Bytes of the heap after a collection: when a tenth of the worlds was done, and at the end. */
  readonly heap: readonly [early: number, late: number];
}

const mb = 1_000_000;
/** What the heap may grow by from the first tenth to the end: what is compiled late, not what is kept. */
const heapGrowthLimit = 16 * mb;

function numberOf(text: string, name: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0 && number < 2 ** 31) return number;
  process.stderr.write(`--${name} takes a whole number from 1\n`);
  process.exit(2);
}

function readOptions(): { count: number; seed: number } {
  try {
    const { values } = parseArgs({
      options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
    });
    return { count: numberOf(values.count, 'count'), seed: numberOf(values.seed, 'seed') };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

async function work({ seeds: [first, end, step], inputs }: Share): Promise<Report> {
  const count = Math.ceil((end - first) / step);
  let tally = emptyTally;
  let early = 0;
  for (let world = 0; world < count; world += 1) {
    const seed = first + world * step;
    const isLast = seed === end - 1;
    tally = addTallies(tally, await fuzzWorld(seed, isLast ? inputs : inputsPerWorld));
    if (world === Math.floor(count / 10)) early = heapUsed();
  }
  return { tally, heap: [early, heapUsed()] };
}

async function runWorker(share: Share): Promise<Report> {
  const { promise, resolve, reject } = Promise.withResolvers<Report>();
  new Worker(new URL(import.meta.url), { workerData: share }).once('message', resolve).once('error', reject);
  return promise;
}

async function main(): Promise<void> {
  const { count, seed } = readOptions();
  const worlds = Math.ceil(count / inputsPerWorld);
  const workers = Math.min(worlds, availableParallelism());
  const end = seed + worlds;
  const inputs = count - (worlds - 1) * inputsPerWorld;
  const reports = await Promise.all(
    Array.from({ length: workers }, (_, place) => runWorker({ seeds: [seed + place, end, workers], inputs })),
  );
  const tally = reports.reduce((sum, report) => addTallies(sum, report.tally), emptyTally);
  for (const { entrance, seed: world, text } of tally.faults)
    process.stdout.write(`${entrance}, world ${world}: ${text}\n`);
  const growth = Math.max(...reports.map(({ heap: [early, late] }) => late - early));
  const heaps = reports.map(
    ({ heap: [early, late] }) => `${(early / mb).toFixed(1)} → ${(late / mb).toFixed(1)}`,
  );
  process.stdout.write(`heap from the first tenth to the end, MB a worker: ${heaps.join(', ')}\n`);
  process.stdout.write(`${tally.inputs} inputs: ${tally.accepted} accepted, ${tally.crashed} crashed\n`);
  if (growth > heapGrowthLimit) process.stdout.write('the heap grows\n');
  if (tally.accepted + tally.crashed > 0 || growth > heapGrowthLimit) process.exitCode = 1;
}

if (isMainThread) await main();
else parentPort?.postMessage(await work(workerData as Share));
