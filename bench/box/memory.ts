/**
 * The memory that the real program of a box takes with the longest list that a door is promised to reach:
 * what the kernel says is resident, after its boot and after many decisions, each tenth of them an opening.
 */
import { atMost, type Figure } from '../harness.ts';
import { showOpening, showRefused, waysToStart, writeBoxOfToday, type BoxOfToday } from './box-of-today.ts';
import { inFolder } from './owned-folder.ts';
import { startBox, type WayToStart } from './program.ts';

interface Asked {
  readonly keys: number;
  readonly decisions: number;
}

const asked: Asked = { keys: 100_000, decisions: 10_000 };
/** What a door board has for it. */
const goalMiB = 128;
const openingEvery = 10;

interface Started extends BoxOfToday {
  readonly way: WayToStart;
  readonly decisions: number;
}

async function memoryOf({ args, opening, expired, way, decisions }: Started): Promise<Figure[]> {
  const box = await startBox(args, way);
  const figureNow = (when: string): Figure => {
    const peak = `${way.name}, peak ${box.memory('VmHWM').toFixed(0)} MiB`;
    const sides = { ours: box.memory('VmRSS'), anchor: goalMiB, anchorName: peak, unit: 'MiB' };
    return atMost({ figure: `memory of a box ${when}`, ...sides }, 1);
  };
  try {
    const booted = figureNow('after its boot');
    for (let decision = 0; decision < decisions; decision += 1) {
      if (decision % openingEvery === 0) await showOpening(box, opening[(decision * 7) % opening.length]);
      else await showRefused(box, expired[(decision * 7) % expired.length]);
    }
    return [booted, figureNow(`after ${decisions.toLocaleString('en')} decisions`)];
  } finally {
    await box.stop();
  }
}

export async function memoryFigures({ keys, decisions }: Asked = asked): Promise<Figure[]> {
  return inFolder(async (folder) => {
    const box = await writeBoxOfToday(folder, keys);
    const figures: Figure[] = [];
    for (const way of await waysToStart(folder)) {
      // What a first start leaves behind for the next ones is there.
      await (await startBox(box.args, way)).stop();
      figures.push(...(await memoryOf({ ...box, way, decisions })));
    }
    return figures;
  });
}
