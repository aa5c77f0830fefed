import type { ListRecord } from '@claviger/authority';
import { helloMessage, openMessage } from '@claviger/protocol';
import type { DoorBox } from '../street/door-box.ts';
import type { Facts } from '../street/facts.ts';
import type { KeptEvent, Observation } from '../street/observation.ts';
import { nameOf, type CheckerParts } from './verdict.ts';

/** A list that the server has made, with the facts of then. */
export interface Listing {
  readonly record: ListRecord;
  readonly facts: Facts;
}

/** The list of one lock at its door. */
interface Shelf {
  active: Listing | undefined;
  isDamaged: boolean;
}

/** By which list each lock of a box decides, as its disk has told. */
export interface VersionBooks {
  /** `undefined`: none, or what lies there is damaged. */
  readonly activeAt: (box: DoorBox, lock: number) => Listing | undefined;
  readonly observe: (seen: Observation) => void;
}

const versionOf = ({ list }: ListRecord): string => `${list.incarnation}.${list.version}`;

function isLater(one: ListRecord, other: ListRecord): boolean {
  if (one.list.incarnation !== other.list.incarnation) return one.list.incarnation > other.list.incarnation;
  return one.list.version > other.list.version;
}

/** I5 and half-read lists: a list is taken whole, as it was made, for this lock, and never an older one. */
export function createVersionChecker(parts: CheckerParts): VersionBooks {
  const { fail, count } = parts;
  const made = new Map<string, Listing>();
  const shelves = new Map<string, Shelf>();
  const images = new Map<string, Shelf>();
  const nameOfShelf = (box: DoorBox, lock: number): string => `${box.name} ${lock}`;
  const shelfOf = (box: DoorBox, lock: number): Shelf => {
    const shelf = shelves.get(nameOfShelf(box, lock)) ?? { active: undefined, isDamaged: false };
    shelves.set(nameOfShelf(box, lock), shelf);
    return shelf;
  };
  const idOf = (box: DoorBox, lock: number): string =>
    box.locks.find(({ number }) => number === lock)?.id ?? '';

  const take = (box: DoorBox, event: KeptEvent, puts: ReadonlyMap<string, Uint8Array>): void => {
    const { lock, list } = event;
    const name = `${list?.incarnation}.${list?.version}`;
    const listing = made.get(`${idOf(box, lock)} ${name}`);
    const shelf = shelfOf(box, lock);
    if (!listing) {
      fail('I5', `${box.name}/${lock} took list ${name}, which was never made for it`);
      return;
    }
    const body = puts.get(`list/${lock}/body`);
    const isWhole = body !== undefined && nameOf(body) === nameOf(listing.record.encoded);
    if (!isWhole) fail('I5', `${box.name}/${lock} took list ${name} and keeps another one`);
    const isAgain = shelf.isDamaged && shelf.active && versionOf(shelf.active.record) === name;
    if (isAgain) count('a damaged list came again');
    else if (shelf.active && !isLater(listing.record, shelf.active.record)) {
      fail('I5', `${box.name}/${lock} went from list ${versionOf(shelf.active.record)} to ${name}`);
    }
    Object.assign(shelf, { active: listing, isDamaged: false });
  };

  const hear = (box: DoorBox, message: Uint8Array): void => {
    const opened = openMessage(helloMessage, message, () => true);
    if (!opened.ok) return;
    for (const { number } of box.locks) {
      const told = opened.body.lists.find(({ lock }) => lock === number)?.list;
      const { active, isDamaged } = shelfOf(box, number);
      const expected = active && !isDamaged ? versionOf(active.record) : 'none';
      const said = told ? `${told.incarnation}.${told.version}` : 'none';
      if (said !== expected) fail('I5', `${box.name}/${number} says list ${said} and has taken ${expected}`);
    }
  };

  const changeAll = (box: DoorBox, change: (lock: number, name: string) => void): void => {
    for (const { number } of box.locks) change(number, nameOfShelf(box, number));
  };

  return {
    activeAt: (box, lock) => {
      const { active, isDamaged } = shelfOf(box, lock);
      return isDamaged ? undefined : active;
    },
    observe: (seen) => {
      switch (seen.type) {
        case 'listed':
          made.set(`${seen.record.lockId} ${versionOf(seen.record)}`, seen);
          return;
        case 'kept':
          for (const event of seen.appended)
            if (event.type === 'list_taken') take(seen.box, event, seen.puts);
          return;
        case 'said':
          if (seen.channel === 'state') hear(seen.box, seen.message);
          return;
        case 'damaged':
          shelfOf(seen.box, seen.lock).isDamaged = true;
          return;
        case 'imaged':
          changeAll(seen.box, (lock, name) => images.set(name, { ...shelfOf(seen.box, lock) }));
          return;
        case 'restored':
          changeAll(seen.box, (_, name) =>
            shelves.set(name, { ...(images.get(name) ?? { active: undefined, isDamaged: false }) }),
          );
          return;
        case 'transferred':
          changeAll(seen.box, (_, name) => shelves.delete(name));
          return;
        default:
      }
    },
  };
}
