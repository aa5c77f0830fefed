import type { EventRecord } from '@claviger/authority';
import { openMessage, storedMessage, uuidText } from '@claviger/protocol';
import type { DoorBox } from '../../street/box-face.ts';
import { listenTo, type Observe, type Seen } from '../../street/observation.ts';
import { nameOf, type CheckerParts } from '../verdict.ts';
import {
  emptyBook,
  emptyHash,
  firstLog,
  nameOfPlace,
  takeBack,
  wasStored,
  type Gap,
  type LogBook,
  type Place,
} from './log-book.ts';

/** What the server alone tells of a box. */
const noticeTypes: readonly string[] = ['older_disk', 'events_unknown', 'server_restored'];

function keep(parts: CheckerParts, book: LogBook, seen: Seen<'kept'>): void {
  checkDropped(parts, book, seen);
  for (const { sequence, hash, lost, type } of seen.appended) {
    const place = { sequence, hash: nameOf(hash) };
    const previous = book.chain.get(sequence - 1) ?? emptyHash;
    book.chain.set(sequence, place.hash);
    book.ever.set(nameOfPlace(place), { steps: lost?.count ?? 1, previous });
    if (type === 'events_lost') {
      book.hasGivenUp = true;
      parts.count('a log gave up events');
    }
    if (type === 'log_nearly_full') parts.count('a log was nearly full');
  }
}

/** Whether the server has this event of the present disk, or the record that it is lost. */
function isStored({ stored, chain }: LogBook, place: Place): boolean {
  if (stored.names.has(nameOfPlace(place))) return true;
  return stored.gaps.some(
    ({ from, sequence, hash }) =>
      from <= place.sequence && place.sequence <= sequence && chain.get(sequence) === hash,
  );
}

/** I7: what leaves the disk is stored, or stands in a record of what is lost that was kept with it. */
function checkDropped({ fail }: CheckerParts, book: LogBook, { box, dropped, appended }: Seen<'kept'>): void {
  const isGivenUp = (sequence: number): boolean =>
    appended.some(
      (event) => event.lost && event.sequence >= sequence && sequence > event.sequence - event.lost.count,
    );
  const isKnown = (sequence: number): boolean => {
    const place = { sequence, hash: book.chain.get(sequence) ?? '' };
    return isStored(book, place) || book.stored.lost.has(nameOfPlace(place));
  };
  const lost = dropped.find((sequence) => !isGivenUp(sequence) && !isKnown(sequence));
  if (lost !== undefined) fail('I7', `${box.name} forgot event ${lost}, which is not stored`);
}

/** I7, I8: what the server has stored is whole, in order, and what the door has said. */
function checkStored(parts: CheckerParts, book: LogBook, box: DoorBox): void {
  const { events } = parts.street.server.device(box);
  const { records } = book.stored;
  if (events.length < records.length) parts.fail('I7', `the server has lost events of ${box.name}`);
  if (records.length > 0 && events[records.length - 1] !== records.at(-1)) {
    parts.fail('I7', `the server has changed event ${records.at(-1)?.sequence ?? 0} of ${box.name}`);
  }
  for (const record of events.slice(records.length)) {
    records.push(record);
    if (record.logEpoch === 0) addNotice(parts, book, { box, record });
    else addStored(parts, book, { box, record });
  }
}

interface Added {
  readonly box: DoorBox;
  readonly record: EventRecord;
}

/** Log 0 is the server's own. */
function addNotice({ fail, count }: CheckerParts, { stored }: LogBook, { box, record }: Added): void {
  const { sequence, type } = record;
  if (!noticeTypes.includes(type)) fail('I7', `a ${type} of ${box.name} stands among the server's notices`);
  if (sequence !== stored.notices + 1)
    fail('I8', `${box.name}: notice ${sequence} is stored after ${stored.notices}`);
  stored.notices = sequence;
  if (type === 'events_unknown') count('a time of which nothing is known was told');
  if (type !== 'server_restored') return;
  stored.told += 1;
  count('a log went on after what was lost');
}

/** Where the log goes on: after its last event, or after what it has in common with an earlier one. */
function endOf({ stored }: LogBook, logEpoch: number): Place | undefined {
  const known = stored.ends.get(logEpoch) ?? stored.begins.get(logEpoch);
  return known ?? (logEpoch === firstLog ? { sequence: 0, hash: emptyHash } : undefined);
}

/** I8: an event follows the one before it in its log, in number and chain, or records what is lost. */
function checkOrder({ fail }: CheckerParts, book: LogBook, { box, record }: Added): void {
  const { sequence, type, logEpoch, hash } = record;
  const end = endOf(book, logEpoch);
  if (!end) {
    fail('I8', `${box.name}: log ${logEpoch} has events and was never named to it`);
    return;
  }
  const { steps = 0, previous } = book.ever.get(nameOfPlace({ sequence, hash: nameOf(hash) })) ?? {};
  const step = sequence - end.sequence;
  const follows = type === 'events_lost' ? step >= 1 && step <= steps : step === 1 && previous === end.hash;
  if (!follows && step > 1 && wasStored(book, end.sequence, sequence - steps + 1)) book.stored.missing += 1;
  else if (!follows)
    fail('I8', `${box.name}: ${sequence} is stored in log ${logEpoch} after ${end.sequence}`);
  if (Math.max(...book.stored.ends.keys()) > logEpoch)
    fail('I8', `event ${sequence} of ${box.name} is stored in log ${logEpoch}, which had ended`);
}

function addStored(parts: CheckerParts, book: LogBook, added: Added): void {
  const { stored } = book;
  const { box, record } = added;
  const { sequence, type, logEpoch } = record;
  const place: Place = { sequence, hash: nameOf(record.hash) };
  const name = nameOfPlace(place);
  const kept = book.ever.get(name);
  if (!kept) parts.fail('I7', `the server stored event ${sequence}, which ${box.name} never had`);
  if (stored.names.has(name)) parts.fail('I7', `event ${sequence} of ${box.name} is stored twice`);
  checkOrder(parts, book, added);
  if (type === 'events_lost') stored.gaps.push({ ...place, from: sequence - (kept?.steps ?? 1) + 1 });
  stored.names.add(name);
  stored.ends.set(logEpoch, place);
}

/** The log that a letter names to a box, and where that begins. */
function begunIn({ box, letter }: Seen<'signed'>): { logEpoch: number; place: Place } | undefined {
  const opened = openMessage(storedMessage, letter.message, () => true);
  if (!opened.ok || opened.body.ownershipEpoch !== box.epoch()) return undefined;
  const { device, through, hash, next } = opened.body;
  if (!next || uuidText(device) !== box.deviceId) return undefined;
  return { logEpoch: next.logEpoch, place: { sequence: through, hash: hash ? nameOf(hash) : '' } };
}

/** Whether some disk has kept this event, and the server has it, or one that is lost had. */
function isCommon({ stored, ever }: LogBook, place: Place): boolean {
  if (place.sequence === 0) return place.hash === emptyHash;
  const isInGap = ({ from, sequence }: Gap): boolean => from <= place.sequence && place.sequence <= sequence;
  const name = nameOfPlace(place);
  const isKnown = stored.names.has(name) || stored.lost.has(name);
  return ever.has(name) && (isKnown || [...stored.gaps, ...stored.lostGaps].some(isInGap));
}

/** I8: another log begins at one place, with an event that both have. */
function hearBegin({ fail }: CheckerParts, book: LogBook, seen: Seen<'signed'>): void {
  const begun = begunIn(seen);
  if (!begun) return;
  const { begins, lostBegins } = book.stored;
  const { logEpoch, place } = begun;
  const log = `log ${logEpoch} of ${seen.box.name}`;
  const isNamedAnew = lostBegins.delete(logEpoch);
  const { sequence } = (isNamedAnew ? undefined : begins.get(logEpoch)) ?? place;
  if (sequence !== place.sequence) fail('I8', `${log} begins after ${sequence}, and after ${place.sequence}`);
  if (!isCommon(book, place)) fail('I8', `${log} begins after ${sequence}, which not both have`);
  begins.set(logEpoch, place);
}

/** The books of all logs, for those who ask at the end. */
export interface LogBooks {
  readonly hasGivenUp: (box: DoorBox) => boolean;
  /** How many events of the present disk are not stored. */
  readonly missing: (box: DoorBox) => number;
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
  return {
    hasGivenUp: (box) => bookOf(box).hasGivenUp,
    missing: (box) => {
      const waiting = box.disk().transact((transaction) => transaction.readEvents(1, Infinity));
      const isMissing = (place: Place): boolean => !isStored(bookOf(box), place);
      return waiting.filter(({ sequence, hash }) => isMissing({ sequence, hash: nameOf(hash) })).length;
    },
    checkAll: () => {
      for (const [box, { stored }] of books) {
        const { events } = parts.street.server.device(box);
        const isSame = stored.records.every((record, place) => events[place] === record);
        if (!isSame) parts.fail('I7', `the server has changed the log of ${box.name}`);
        if (stored.told < stored.missing) parts.fail('I8', `what is missing of ${box.name} is not told`);
      }
    },
    observe: listenTo({
      kept: (seen) => {
        keep(parts, bookOf(seen.box), seen);
      },
      committed: ({ box }) => {
        checkStored(parts, bookOf(box), box);
      },
      signed: (seen) => {
        hearBegin(parts, bookOf(seen.box), seen);
      },
      imaged: ({ box }) => {
        bookOf(box).image = new Map(bookOf(box).chain);
      },
      server_restored: () => {
        for (const box of parts.street.boxes) takeBack(bookOf(box), parts.street.server.device(box).events);
      },
      restored: ({ box }) => {
        const book = bookOf(box);
        [book.chain, book.image] = [book.image, book.chain];
      },
      transferred: ({ box }) => void books.set(box, emptyBook()),
    }),
  };
}
