import { decodeEvent } from '@claviger/protocol';
import { doorList, listWithKey, theKey } from '../door-list.ts';
import { bring, lastHello, linkLetter, listLetters, storedLetter, timeLetter } from '../list-letters.ts';
import type { Chance } from '../oracle/chance.ts';
import { createWorld, type Letter, type World } from '../world.ts';
import { mutated } from './mutation.ts';
import { hold, type Target } from './target.ts';

/** Small pieces, so that a list has several of them. */
const pieceLength = 200;

type Down = Extract<Letter, { direction: 'down' }>;

interface Offered {
  readonly list: readonly Down[];
  readonly command: Down;
  /** Valid once, and used up or out of date now. */
  readonly past: readonly Down[];
}

/** Events by which a door tells that it took nothing. */
const refusals: ReadonlySet<string> = new Set(['message_refused', 'list_refused']);

/** What no noise of a broker may move: the relay, the lists, what commands and times left behind, the log. */
function stateOf(world: World): string {
  const kept = world.disk.transact((transaction) => [
    ...transaction
      .names('', '', Number.MAX_SAFE_INTEGER)
      .filter((name) => name !== 'log')
      .map((name) => `${name} ${Buffer.from(transaction.get(name) ?? []).toString('base64')}`),
    ...transaction
      .readEvents(1, Number.MAX_SAFE_INTEGER)
      .map(({ encoded }) => decodeEvent(encoded))
      .filter(({ type }) => !refusals.has(type))
      .map(({ type, sequence }) => `${sequence} ${type}`),
  ]);
  return [world.hardware.moves.length, ...kept].join('\n');
}

/** Whoever asks again is answered no more: the question stays open, and old answers come. */
async function askAgain(world: World): Promise<void> {
  await world.disconnect();
  world.clock.advance(20 * 60_000);
  world.agent.linkUp();
}

async function prepare(world: World): Promise<Offered> {
  await world.connect();
  const old = listWithKey({}, { version: 1 });
  await bring(world, old);
  await bring(world, listWithKey({}, { version: 2 }));
  const spent = linkLetter(world, theKey);
  await world.deliver(spent);
  await world.pass(10_000);
  const lists = lastHello(world)?.lists ?? [];
  const time = timeLetter(world, lists);
  await world.deliver(time);
  await world.settle();
  await askAgain(world);
  return {
    list: listLetters(doorList({ version: 3 }), {}, pieceLength),
    command: linkLetter(world, theKey, { sequence: 2 }),
    past: [spent, time, storedLetter(1), ...listLetters(old, {}, pieceLength)],
  };
}

/** Brings messages of a hostile broker to a door: changed, on another channel, or out of date. */
export async function openDoorTarget(chance: Chance): Promise<Target> {
  const world = createWorld({ journalCapacity: 64 });
  const { list, command, past } = await prepare(world);
  const letters = [...list, command, ...past];
  const messages = letters.map(({ message }) => message);
  const before = stateOf(world);
  return {
    offer: () => {
      const { channel, message } = chance.pick(letters);
      const isPast = chance.happens(0.05);
      const chosen = isPast ? chance.pick(past) : { channel, message: mutated(message, messages, chance) };
      const moves = world.hardware.moves.length;
      const isSwapped = chance.happens(0.1);
      const on = isSwapped && !isPast ? (channel === 'sync' ? 'command' : 'sync') : chosen.channel;
      world.agent.receive(on, chosen.message);
      return world.hardware.moves.length > moves;
    },
    close: async () => {
      hold(stateOf(world) === before, 'messages that nobody signed changed what the door holds');
      await world.deliver(command);
      hold(world.hardware.isUnlocked(1), 'the true command is not taken any more');
      for (const letter of list) await world.deliver(letter);
      await world.settle();
      const [taken] = lastHello(world)?.lists ?? [];
      hold(taken?.list.version === 3, 'the true list is not taken any more');
    },
  };
}
