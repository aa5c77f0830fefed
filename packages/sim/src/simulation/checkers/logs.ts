import type { EventRecord } from '@claviger/authority';
import type { DoorBox } from '../street/door-box.ts';
import type { Observation } from '../street/observation.ts';
import { nameOf, type CheckerParts } from './verdict.ts';

/** The log of one box under one owner. */
interface LogBook {
  /** The chain as the present disk has it. */
  chain: Map<number, string>;
  image: Map<number, string> | undefined;
  /** Every event that any disk of this box ever kept, by sequence and hash, and how many a record stands for. */
  readonly ever: Map<string, number>;
  readonly stored: { readonly record: EventRecord; readonly sequence: number; readonly hash: string }[];
  lastSequence: number;
  /** The box runs from an image of its disk that is older than what it has said. */
  isOlderDisk: boolean;
}

const emptyBook = (): LogBook => ({
  chain: new Map(),
  image: undefined,
  ever: new Map(),
  stored: [],
  lastSequence: 0,
  isOlderDisk: false,
});

const nameOfEvent = (sequence: number, hash: Uint8Array): string => `${sequence} ${nameOf(hash)}`;

function keep(parts: CheckerParts, book: LogBook, seen: Extract<Observation, { type: 'kept' }>): void {
  for (const { sequence, hash, lost, type } of seen.appended) {
    book.chain.set(sequence, nameOf(hash));
    book.ever.set(nameOfEvent(sequence, hash), lost?.count ?? 1);
    book.lastSequence = Math.max(book.lastSequence, sequence);
    if (type === 'events_lost') parts.count('a log gave up events');
    if (type === 'log_nearly_full') parts.count('a log was nearly full');
  }
  checkDropped(parts, book, seen);
}

/** I7: what leaves the disk is stored, or stands in a record of what is lost that was kept with it. */
function checkDropped(
  { fail }: CheckerParts,
  book: LogBook,
  { box, dropped, appended }: Extract<Observation, { type: 'kept' }>,
): void {
  const storedThrough = book.stored.at(-1)?.sequence ?? 0;
  const isGivenUp = (sequence: number): boolean =>
    appended.some(
      (event) => event.lost && event.sequence >= sequence && sequence > event.sequence - event.lost.count,
    );
  const lost = dropped.find((sequence) => sequence > storedThrough && !isGivenUp(sequence));
  if (lost !== undefined) fail('I7', `${box.name} forgot event ${lost}; ${storedThrough} are stored`);
}

/** I7, I8: what the server has stored is whole, in order, and what the door has said. */
function checkStored({ street, fail }: CheckerParts, book: LogBook, box: DoorBox): void {
  const { events } = street.server.device(box);
  const known = book.stored.at(-1);
  if (events.length < book.stored.length) fail('I7', `the server has lost events of ${box.name}`);
  if (known && events[book.stored.length - 1] !== known.record) {
    fail('I7', `the server has changed event ${known.sequence} of ${box.name}`);
  }
  for (const record of events.slice(book.stored.length)) {
    const before = book.stored.at(-1)?.sequence ?? 0;
    const steps = book.ever.get(nameOfEvent(record.sequence, record.hash));
    if (steps === undefined)
      fail('I7', `the server stored event ${record.sequence}, which ${box.name} never had`);
    const isNext = record.sequence === before + 1;
    const isGapRecorded =
      record.type === 'events_lost' && record.sequence > before && record.sequence - before <= (steps ?? 0);
    if (record.sequence <= before) fail('I7', `event ${record.sequence} of ${box.name} is stored twice`);
    else if (!isNext && !isGapRecorded)
      fail('I8', `${box.name}: ${record.sequence} is stored after ${before}`);
    book.stored.push({ record, sequence: record.sequence, hash: nameOf(record.hash) });
  }
}

function lastKept(chain: ReadonlyMap<number, string>): number {
  let last = 0;
  for (const sequence of chain.keys()) last = Math.max(last, sequence);
  return last;
}

/** The books of all logs, for those who ask at the end. */
export interface LogBooks {
  readonly of: (box: DoorBox) => { readonly isOlderDisk: boolean; readonly lastSequence: number };
  readonly checkAll: () => void;
}

/** I7 and I8, after every commit on either side. */
export function createLogChecker(
  parts: CheckerParts,
): LogBooks & { readonly observe: (seen: Observation) => void } {
  const books = new Map<DoorBox, LogBook>();
  const bookOf = (box: DoorBox): LogBook => {
    const book = books.get(box) ?? emptyBook();
    books.set(box, book);
    return book;
  };
  const restore = (box: DoorBox): void => {
    const book = bookOf(box);
    book.chain = new Map(book.image);
    book.lastSequence = lastKept(book.chain);
    book.isOlderDisk = true;
  };
  return {
    of: (box) => {
      const book = bookOf(box);
      return { isOlderDisk: book.isOlderDisk, lastSequence: book.lastSequence };
    },
    checkAll: () => {
      for (const [box, { stored }] of books) {
        const { events } = parts.street.server.device(box);
        const isSame = stored.every(({ record }, place) => events[place] === record);
        if (!isSame) parts.fail('I7', `the server has changed the log of ${box.name}`);
      }
    },
    observe: (seen) => {
      if (seen.type === 'kept') keep(parts, bookOf(seen.box), seen);
      else if (seen.type === 'committed') checkStored(parts, bookOf(seen.box), seen.box);
      else if (seen.type === 'imaged') bookOf(seen.box).image = new Map(bookOf(seen.box).chain);
      else if (seen.type === 'restored') restore(seen.box);
      else if (seen.type === 'transferred') books.set(seen.box, emptyBook());
    },
  };
}
