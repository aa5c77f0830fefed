import type { DeltaRecord, ListRecord } from '@claviger/authority';
import { encodeCbor, helloMessage, listDeltaMessage, openMessage, type ListDelta } from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import type { Facts } from '../street/facts.ts';
import { listenTo, type KeptEvent, type Observe, type Seen } from '../street/observation.ts';
import { nameOf, type CheckerParts } from './verdict.ts';

/** A list that the server has made, with the facts of then. */
export interface Listing {
  readonly record: ListRecord | DeltaRecord;
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
  readonly observe: Observe;
}

const versionOf = ({ list }: Listing['record']): string => `${list.incarnation}.${list.version}`;

function isLater(one: Listing['record'], other: Listing['record']): boolean {
  if (one.list.incarnation !== other.list.incarnation) return one.list.incarnation > other.list.incarnation;
  return one.list.version > other.list.version;
}

interface Books {
  readonly parts: CheckerParts;
  readonly made: Map<string, Listing>;
  readonly shelves: Map<string, Shelf>;
  readonly images: Map<string, Shelf>;
}

const emptyShelf = (): Shelf => ({ active: undefined, isDamaged: false });
const nameOfShelf = (box: DoorBox, lock: number): string => `${box.name} ${lock}`;

function shelfOf({ shelves }: Books, box: DoorBox, lock: number): Shelf {
  const shelf = shelves.get(nameOfShelf(box, lock)) ?? emptyShelf();
  shelves.set(nameOfShelf(box, lock), shelf);
  return shelf;
}

const nameOfDelta = (delta: ListDelta): string => nameOf(encodeCbor(listDeltaMessage.body.write(delta)));

/** Behind each record but the body of a list stands its checksum. */
const checksumLength = 4;

/** What was made, and what the disk has been given of it. */
function isTheSame({ record }: Listing, puts: Seen<'kept'>['puts'], lock: number): boolean {
  if ('encoded' in record) {
    const body = puts.get(`list/${lock}/body`) ?? new Uint8Array();
    return nameOf(body) === nameOf(record.encoded);
  }
  const [letter = new Uint8Array()] = [...puts]
    .filter(([name]) => name.startsWith(`list/${lock}/delta/`))
    .map(([, put]) => put.subarray(0, -checksumLength));
  const opened = openMessage(listDeltaMessage, letter, () => true);
  return opened.ok && nameOfDelta(opened.body) === nameOfDelta(record.delta);
}

/** A delta is taken upon the list before it and no other. */
function isUponItsOwn({ record }: Listing, { active, isDamaged }: Shelf): boolean {
  if ('encoded' in record) return true;
  const { incarnation, version } = record.list;
  const before = isDamaged ? undefined : active?.record.list;
  return before?.incarnation === incarnation && before.version === version - 1;
}

function take(books: Books, { box, puts }: Seen<'kept'>, { lock, list }: KeptEvent): void {
  const { fail, count } = books.parts;
  const name = list ? `${list.incarnation}.${list.version}` : 'none';
  const lockId = box.locks.find(({ number }) => number === lock)?.id ?? '';
  const listing = books.made.get(`${lockId} ${name}`);
  const shelf = shelfOf(books, box, lock);
  if (!listing) {
    fail('I5', `${box.name}/${lock} took list ${name}, which was never made for it`);
    return;
  }
  if (!isTheSame(listing, puts, lock))
    fail('I5', `${box.name}/${lock} took list ${name} and keeps another one`);
  if (!isUponItsOwn(listing, shelf)) fail('I5', `${box.name}/${lock} took delta ${name} upon another list`);
  if ('delta' in listing.record) count('a door decided by deltas');
  const before = shelf.active && versionOf(shelf.active.record);
  if (shelf.isDamaged && before === name) count('a damaged list came again');
  else if (!isNewer(listing, shelf)) fail('I5', `${box.name}/${lock} went from list ${before} to ${name}`);
  Object.assign(shelf, { active: listing, isDamaged: false });
}

const contentOf = (record: Listing['record']): string =>
  nameOf('encoded' in record ? record.hash : record.root);

function isNewer({ record }: Listing, { active }: Shelf): boolean {
  return active === undefined || isLater(record, active.record);
}

function hear(books: Books, { box, channel, message }: Seen<'said'>): void {
  const opened = channel === 'state' ? openMessage(helloMessage, message, () => true) : undefined;
  if (!opened?.ok) return;
  for (const { number } of box.locks) {
    const told = opened.body.lists.find(({ lock }) => lock === number)?.list;
    const { active, isDamaged } = shelfOf(books, box, number);
    const expected = active && !isDamaged ? versionOf(active.record) : 'none';
    const said = told ? `${told.incarnation}.${told.version}` : 'none';
    if (said === expected) continue;
    books.parts.fail('I5', `${box.name}/${number} says list ${said} and has taken ${expected}`);
  }
}

/** I5 and half-read lists: a list is taken whole, as it was made, for this lock, and never an older one. */
export function createVersionChecker(parts: CheckerParts): VersionBooks {
  const books: Books = { parts, made: new Map(), shelves: new Map(), images: new Map() };
  const { made, shelves, images } = books;
  const each = (box: DoorBox, change: (name: string, shelf: Shelf) => void): void => {
    for (const { number } of box.locks) change(nameOfShelf(box, number), shelfOf(books, box, number));
  };
  return {
    activeAt: (box, lock) => {
      const { active, isDamaged } = shelfOf(books, box, lock);
      return isDamaged ? undefined : active;
    },
    observe: listenTo({
      listed: (seen) => {
        const name = `${seen.record.lockId} ${versionOf(seen.record)}`;
        const known = made.get(name);
        if (known && contentOf(known.record) !== contentOf(seen.record))
          parts.fail('I18', `list ${name} was made twice, and not the same`);
        made.set(name, seen);
      },
      kept: (seen) => {
        for (const event of seen.appended) if (event.type === 'list_taken') take(books, seen, event);
      },
      said: (seen) => {
        hear(books, seen);
      },
      damaged: ({ box, lock }) => {
        shelfOf(books, box, lock).isDamaged = true;
      },
      imaged: ({ box }) => {
        each(box, (name, shelf) => images.set(name, { ...shelf }));
      },
      restored: ({ box }) => {
        each(box, (name, shelf) => {
          shelves.set(name, images.get(name) ?? emptyShelf());
          images.set(name, shelf);
        });
      },
      transferred: ({ box }) => {
        each(box, (name) => shelves.delete(name));
      },
    }),
  };
}
