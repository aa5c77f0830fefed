/** A box whose list is of today, with Keys that open always and many more that have expired. */
import { join } from 'node:path';
import { doorList, keyRule } from '@claviger/sim';
import { cardCredential, cardNumberOf, givenKeys } from '../lists.ts';
import { writeOwnedBox } from './owned-folder.ts';
import { boxFile, buildBox } from '../../tools/box/build-box.ts';
import type { RunningBox, WayToStart } from './program.ts';

const dayMs = 86_400_000;
const openingEvery = 10;

export interface BoxOfToday {
  /** The arguments of its program. */
  readonly args: readonly string[];
  /** The numbers of cards that open, and of those that do not. */
  readonly opening: readonly string[];
  readonly expired: readonly string[];
}

export async function writeBoxOfToday(folder: string, count: number): Promise<BoxOfToday> {
  const now = Date.now();
  const keys = givenKeys(count);
  const isOpening = (place: number): boolean => place % openingEvery === 0;
  const list = doorList({
    signedAt: now,
    zone: { from: now - dayMs, until: now + 400 * dayMs, offsets: [{ from: 0, offsetS: 0 }] },
    keys: keys.map(({ id }, place) => keyRule({ id, ...(!isOpening(place) && { until: now - dayMs }) })),
    credentials: keys.map(cardCredential),
  });
  const numbers = keys.map(({ id }) => cardNumberOf(id));
  return {
    args: await writeOwnedBox(folder, list),
    opening: numbers.filter((_, place) => isOpening(place)),
    expired: numbers.filter((_, place) => !isOpening(place)),
  };
}

async function show(box: RunningBox, number: string | undefined, isOpened: boolean): Promise<void> {
  if ((await box.show(number ?? '')) !== isOpened) throw new Error(`card ${number} is decided otherwise`);
}

export async function showOpening(box: RunningBox, number: string | undefined): Promise<void> {
  await show(box, number, true);
}

export async function showRefused(box: RunningBox, number: string | undefined): Promise<void> {
  await show(box, number, false);
}

/**
 * As the simulator starts it, as a box with little memory does (decision records 0034 and 0050), and that as
 * one file (0060), which is built here.
 */
export async function waysToStart(folder: string): Promise<readonly WayToStart[]> {
  await buildBox();
  const heap = '--max-semi-space-size=1 --max-old-space-size=64';
  const small = { NODE_COMPILE_CACHE: join(folder, 'compiled'), NODE_OPTIONS: heap };
  return [
    { name: 'as it is' },
    { name: 'compiled before, small heap', environment: small },
    { name: 'one file, compiled before, small heap', environment: small, file: boxFile },
  ];
}
