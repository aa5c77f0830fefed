import { chanceOf, type Chance } from '../oracle/chance.ts';
import { openAuthorityTarget } from './authority-target.ts';
import { openBodyTarget } from './body-target.ts';
import { openDoorTarget } from './door-target.ts';
import { openFormTarget } from './form-target.ts';
import { openQrTarget } from './qr-target.ts';
import { FuzzFault, type OpenTarget, type Target } from './target.ts';

/** The entrances, with how many of a hundred inputs each gets: verifying a signature is what takes time. */
export const entrances: readonly {
  readonly name: string;
  readonly share: number;
  readonly open: OpenTarget;
}[] = [
  { name: 'pictures at a reader', share: 15, open: openQrTarget },
  { name: 'messages to a door', share: 20, open: openDoorTarget },
  { name: 'messages of a door', share: 15, open: openAuthorityTarget },
  { name: 'lists and events', share: 25, open: openFormTarget },
  { name: 'bodies of HTTP', share: 25, open: openBodyTarget },
];

/** So many inputs go into one world, then the next is opened: a run of any length holds no more than one. */
export const inputsPerWorld = 500;

/** More faults than these are counted and not described. */
const faultsLimit = 20;

export interface Fault {
  readonly entrance: string;
  /** Of the world: `npm run fuzz -- --seed` with it and `--count` of one world repeats it. */
  readonly seed: number;
  readonly text: string;
}

export interface Tally {
  readonly inputs: number;
  readonly accepted: number;
  readonly crashed: number;
  readonly faults: readonly Fault[];
}

interface Texts {
  readonly texts: readonly string[];
}

export const emptyTally: Tally = { inputs: 0, accepted: 0, crashed: 0, faults: [] };

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    inputs: one.inputs + other.inputs,
    accepted: one.accepted + other.accepted,
    crashed: one.crashed + other.crashed,
    faults: [...one.faults, ...other.faults].slice(0, faultsLimit),
  };
}

function drawEntrance(chance: Chance): (typeof entrances)[number] {
  let left = chance.below(entrances.reduce((sum, { share }) => sum + share, 0));
  const drawn = entrances.find(({ share }) => (left -= share) < 0);
  if (!drawn) throw new Error('the shares are all there are');
  return drawn;
}

/** Offers so many inputs, then closes the target. Never throws: what the target throws is counted. */
export async function offerAll(target: Target, inputs: number): Promise<Omit<Tally, 'faults'> & Texts> {
  const texts: string[] = [];
  let accepted = 0;
  let crashed = 0;
  for (let input = 0; input < inputs; input += 1) {
    try {
      if (!(await target.offer())) continue;
      accepted += 1;
      texts.push(`input ${input} was accepted`);
    } catch (error) {
      crashed += 1;
      texts.push(`input ${input}: ${String((error as Error).stack)}`);
    }
  }
  try {
    await target.close();
  } catch (error) {
    if (error instanceof FuzzFault) accepted += 1;
    else crashed += 1;
    texts.push(String((error as Error).stack));
  }
  return { inputs, accepted, crashed, texts };
}

/** Offers one world's worth of hostile inputs; the same seed offers the same ones at the same entrance. */
export async function fuzzWorld(seed: number, inputs = inputsPerWorld): Promise<Tally> {
  const chance = chanceOf(seed);
  const { name: entrance, open } = drawEntrance(chance);
  const { texts, ...counted } = await offerAll(await open(chance), inputs);
  return { ...counted, faults: texts.slice(0, faultsLimit).map((text) => ({ entrance, seed, text })) };
}
