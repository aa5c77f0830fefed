import type { EventRecord } from '@claviger/authority';
import type { DoorBox } from '../street/box-face.ts';
import { listenTo, type Observe, type Seen } from '../street/observation.ts';
import { nameOf, type CheckerParts } from './verdict.ts';

/** The log of one box under one owner. */
interface LogBook {
  /** The chain as the present disk has it. */
  chain: Map<number, string>;
  image: Map<number, string> | undefined;
  /** All events that any disk of this box ever kept: for how many each stands, by sequence and hash. */
  readonly ever: Map<string, number>;
  readonly stored: { readonly record: EventRecord; readonly sequence: number; readonly hash: string }[];
  lastSequence: number;
  /** The box runs from an image of its disk that is older than what it has said. */
  isOlderDisk: boolean;
  /** Its log was full once: the end of an opening may be among what is lost. */
  hasGivenUp: boolean;
}

const emptyBook = (): LogBook => ({
  chain: new Map(),
  image: undefined,
  ever: new Map(),
  stored: [],
  lastSequence: 0,
  isOlderDisk: false,
  hasGivenUp: false,
});

const nameOfEvent = (sequence: number, hash: Uint8Array): string => `${sequence} ${nameOf(hash)}`;

function keep(parts: CheckerParts, book: LogBook, seen: Seen<'kept'>): void {
  for (const { sequence, hash, lost, type } of seen.appended) {
    book.chain.set(sequence, nameOf(hash));
    book.ever.set(nameOfEvent(sequence, hash), lost?.count ?? 1);
    book.lastSequence = Math.max(book.lastSequence, sequence);
    if (type === 'events_lost') {
      book.hasGivenUp = true;
      parts.count('a log gave up events');
    }
    if (type === 'log_nearly_full') parts.count('a log was nearly full');
  }
  checkDropped(parts, book, seen);
}

/** I7: what leaves the disk is stored, or stands in a record of what is lost that was kept with it. */
function checkDropped({ fail }: CheckerParts, book: LogBook, { box, dropped, appended }: Seen<'kept'>): void {
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
  for (const record of events.slice(book.stored.length)) addStored({ fail }, book, { box, record });
}

function addStored(
  { fail }: Pick<CheckerParts, 'fail'>,
  book: LogBook,
  { box, record }: { readonly box: DoorBox; readonly record: EventRecord },
): void {
  const { sequence, hash, type } = record;
  const before = book.stored.at(-1)?.sequence ?? 0;
  const steps = book.ever.get(nameOfEvent(sequence, hash));
  if (steps === undefined) fail('I7', `the server stored event ${sequence}, which ${box.name} never had`);
  const step = sequence - before;
  const isGapRecorded = type === 'events_lost' && step <= (steps ?? 0);
  if (step < 1) fail('I7', `event ${sequence} of ${box.name} is stored twice`);
  else if (step > 1 && !isGapRecorded) fail('I8', `${box.name}: ${sequence} is stored after ${before}`);
  book.stored.push({ record, sequence, hash: nameOf(hash) });
}

function lastKept(chain: ReadonlyMap<number, string>): number {
  let last = 0;
  for (const sequence of chain.keys()) last = Math.max(last, sequence);
  return last;
}

/** The books of all logs, for those who ask at the end. */
export interface LogBooks {
  readonly of: (box: DoorBox) => Pick<LogBook, 'isOlderDisk' | 'hasGivenUp' | 'lastSequence'>;
  readonly checkAll: () => void;
}

/** I7 and I8, after every commit on either side. */
export function createLogChecker(parts: CheckerParts): LogBooks & { readonly observe: Observe } {
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
    of: bookOf,
    checkAll: () => {
      for (const [box, { stored }] of books) {
        const { events } = parts.street.server.device(box);
        const isSame = stored.every(({ record }, place) => events[place] === record);
        if (!isSame) parts.fail('I7', `the server has changed the log of ${box.name}`);
      }
    },
    observe: listenTo({
      kept: (seen) => {
        keep(parts, bookOf(seen.box), seen);
      },
      committed: ({ box }) => {
        checkStored(parts, bookOf(box), box);
      },
      imaged: ({ box }) => {
        bookOf(box).image = new Map(bookOf(box).chain);
      },
      restored: ({ box }) => {
        restore(box);
      },
      transferred: ({ box }) => void books.set(box, emptyBook()),
    }),
  };
}
