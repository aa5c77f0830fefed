/**
 * P9: what one Key of an access list takes on the wire and in the memory of its door, from a thousand Keys to
 * the longest list that there may be. Beside it the same list as JSON.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { AccessList } from '@claviger/domain';
import { encodeAccessList, openAccessList } from '@claviger/protocol';
import type { Figure } from './harness.ts';
import { givenKeys, listOf } from './lists.ts';

/** What is promised of the second; the first and the last show that it is flat. */
const counts = [1_000, 100_000, 200_000] as const;
const wireLimit = 24;
const memoryLimit = 56;
const flatWithin = 0.05;

function brotli(bytes: Uint8Array): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Short lists are held in so many copies that what else happens in the process does not count. */
const keysHeld = 100_000;

/** Bytes that each of so many things takes once they are made, after a collection. */
function bytesOf(copies: number, make: () => unknown): number {
  const used = (): number => {
    // What the first finds dead the second gives back.
    for (let time = 0; time < 3; time += 1) collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // What is made at the first call and stays is not counted.
  make();
  const before = used();
  const kept = Array.from({ length: copies }, make);
  const after = used();
  if (kept.length !== copies) throw new Error('not all were kept');
  return (after - before) / copies;
}

interface Taken {
  readonly count: number;
  readonly sent: number;
  readonly gzip: number;
  readonly brotli: number;
  readonly memory: number;
  readonly json: { readonly sent: number; readonly brotli: number; readonly memory: number };
}

/** Bytes a Key; each with a card, times and a profile. */
function measure(count: number): Taken {
  const list: AccessList = listOf(givenKeys(count), { hasQr: false });
  const encoded = encodeAccessList(list);
  const json = Buffer.from(JSON.stringify(list));
  const aKey = (bytes: number): number => bytes / count;
  const copies = Math.max(1, Math.round(keysHeld / count));
  return {
    count,
    sent: aKey(encoded.length),
    gzip: aKey(gzipSync(encoded).length),
    brotli: aKey(brotli(encoded)),
    memory: aKey(bytesOf(copies, () => openAccessList(encoded.slice()))),
    json: {
      sent: aKey(json.length),
      brotli: aKey(brotli(json)),
      memory: aKey(bytesOf(copies, () => JSON.parse(json.toString()) as unknown)),
    },
  };
}

interface Sides {
  readonly what: string;
  readonly ours: number;
  readonly anchor: number;
  readonly anchorName: string;
}

/** What a Key takes at most, whatever the anchor does. */
function takes({ what, ...sides }: Sides, most: number): Figure {
  const ok = sides.ours <= most;
  return {
    figure: `P9 ${what}`,
    ...sides,
    unit: 'B',
    ratio: sides.ours / sides.anchor,
    goal: `≤ ${most} B`,
    ok,
  };
}

/** Whether a Key takes the same in a list of another length. */
function isFlat({ what, ...sides }: Sides): Figure {
  const ratio = sides.ours / sides.anchor;
  const ok = Math.abs(ratio - 1) <= flatWithin;
  return { figure: `P9 ${what}`, ...sides, unit: 'B', ratio, goal: `1 ± ${flatWithin}`, ok };
}

const shown = (count: number): string => `${count.toLocaleString('en')} Keys`;

function growthFigures(least: Taken, most: Taken): Figure[] {
  const anchorName = `at ${shown(least.count)}`;
  const words = { sent: 'sent', brotli: 'brotli', memory: 'in memory' } as const;
  return (['sent', 'brotli', 'memory'] as const).map((way) =>
    isFlat({
      what: `a Key ${words[way]} at ${shown(most.count)}`,
      ours: most[way],
      anchor: least[way],
      anchorName,
    }),
  );
}

export function snapshotFigures([few, many, most]: readonly number[] = counts): Promise<Figure[]> {
  const [least, usual, longest] = [few, many, most].map((count = 0) => measure(count));
  if (!least || !usual || !longest) throw new Error('three lengths are compared');
  const { json } = usual;
  const at = shown(usual.count);
  const asJson = { anchor: json.sent, anchorName: 'the same list as JSON' };
  const packedJson = { anchor: json.brotli, anchorName: 'the same list as JSON, brotli 5' };
  const parsed = { anchor: json.memory, anchorName: 'the same list as JSON, parsed' };
  return Promise.resolve([
    takes({ what: `a Key as sent at ${at}`, ours: usual.sent, ...asJson }, wireLimit),
    takes({ what: `a Key, gzip, at ${at}`, ours: usual.gzip, ...packedJson }, wireLimit),
    takes({ what: `a Key, brotli 5, at ${at}`, ours: usual.brotli, ...packedJson }, wireLimit),
    takes({ what: `a Key in memory at ${at}`, ours: usual.memory, ...parsed }, memoryLimit),
    ...growthFigures(least, usual),
    ...growthFigures(usual, longest),
  ]);
}
