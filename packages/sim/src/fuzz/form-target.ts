import {
  CborFault,
  decodeAccessList,
  decodeEvent,
  encodeAccessList,
  encodeEvent,
  eventsMessage,
  openMessage,
} from '@claviger/protocol';
import { listWithKey } from '../door-list.ts';
import type { Chance } from '../oracle/chance.ts';
import { createWorld } from '../world.ts';
import { mutated } from './mutation.ts';
import { hold, type Target } from './target.ts';

/** The events that a door told at its start, as they lie in the batch. */
async function writtenEvents(): Promise<readonly Uint8Array[]> {
  const world = createWorld();
  await world.connect();
  return world.letters.flatMap(({ channel, message }) => {
    const opened = channel === 'events' ? openMessage(eventsMessage, message, () => true) : undefined;
    return opened?.ok ? opened.body.events : [];
  });
}

/** What was read, written again; undefined for what is no list or no event. */
function rewritten(bytes: Uint8Array, isList: boolean): Uint8Array | undefined {
  try {
    return isList ? encodeAccessList(decodeAccessList(bytes)) : encodeEvent(decodeEvent(bytes));
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/**
 * Reads access lists and events as whoever holds the right key could have written them. One that is well
 * formed is one; taken wrongly is whatever has a second spelling, for then a hash or a signature would not
 * say what was signed.
 */
export async function openFormTarget(chance: Chance): Promise<Target> {
  const list = encodeAccessList(listWithKey());
  const events = await writtenEvents();
  const texts = [list, ...events];
  const hasSecondSpelling = (bytes: Uint8Array, isList: boolean): boolean => {
    const again = rewritten(bytes, isList);
    return again !== undefined && Buffer.compare(again, bytes) !== 0;
  };
  return {
    offer: () => {
      const isList = chance.happens(0.5);
      return hasSecondSpelling(mutated(isList ? list : chance.pick(events), texts, chance), isList);
    },
    close: () => {
      hold(rewritten(list, true) !== undefined, 'the true list is not read any more');
      const isRead = events.map((event) => rewritten(event, false) !== undefined);
      hold(isRead.length > 0 && !isRead.includes(false), 'a true event is not read any more');
    },
  };
}
