/**
 * P12: the real program of a box on a disk with the longest list that a door is promised to reach, from the
 * start of its process to the answer at its card reader.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { median, type Figure } from '../harness.ts';
import { showOpening, waysToStart, writeBoxOfToday } from './box-of-today.ts';
import { inFolder } from './owned-folder.ts';
import { startBox } from './program.ts';

interface Asked {
  readonly keys: number;
  readonly rounds: number;
}

const asked: Asked = { keys: 100_000, rounds: 9 };
const most = 2.5;

/** Something that begins, and how it is ended. */
interface Start {
  readonly name: string;
  readonly begin: () => Promise<() => Promise<void>>;
}

/** Milliseconds on the wall until each has begun, in interleaved rounds. */
async function startAll(starts: readonly Start[], rounds: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(starts.map(({ name }) => [name, []]));
  // One round more: the first brings the files into the memory of the machine.
  for (let round = -1; round < rounds; round += 1)
    for (const { name, begin } of round % 2 === 0 ? starts : [...starts].reverse()) {
      const before = performance.now();
      const end = await begin();
      if (round >= 0) times.get(name)?.push(performance.now() - before);
      await end();
    }
  return times;
}

const node: Start = {
  name: 'node -e 0',
  begin: async () => {
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    return async () => Promise.resolve();
  },
};

function figureOf(times: ReadonlyMap<string, readonly number[]>, name: string): Figure {
  const [ours, anchor] = [times.get(name) ?? [], times.get(node.name) ?? []];
  const ratio = median(ours.map((ms, round) => ms / (anchor[round] ?? NaN)));
  const sides = {
    ours: median(ours),
    anchor: median(anchor),
    anchorName: `${node.name}; ${name}`,
    unit: 'ms',
  };
  return { figure: 'P12 boot to a decision', ...sides, ratio, goal: `≤ ${most}`, ok: ratio <= most };
}

export async function bootFigures({ keys, rounds }: Asked = asked): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const { args, opening } = await writeBoxOfToday(folder, keys);
    const ways = await waysToStart(folder);
    const boxes = ways.map((way): Start => ({
      name: way.name,
      begin: async () => {
        const box = await startBox(args, way);
        await showOpening(box, opening[0]);
        return () => box.stop();
      },
    }));
    const times = await startAll([node, ...boxes], rounds);
    return ways.map(({ name }) => figureOf(times, name));
  });
}
