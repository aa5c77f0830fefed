import type { Reason } from '@claviger/domain';
import { helloMessage, openMessage, timeMessage, uuidBytes, type TimeMessage } from '@claviger/protocol';
import { oracle } from '../../oracle/oracle.ts';
import type { DoorBox } from '../street/box-face.ts';
import { listenTo, type KeptEvent, type Observe, type Seen } from '../street/observation.ts';
import type { DoubtBooks } from './history/doubts.ts';
import { hearReturned, type Given } from './history/given.ts';
import { createHarmBook, type HarmBook } from './history/harm-book.ts';
import { createMemoryBook, nameOfKey, ownPauseOf, type MemoryBook } from './history/memory-book.ts';
import { invariantOf, mayBeStricter } from './leeway.ts';
import { attemptOf, worldOf, type Question } from './people-terms.ts';
import { pathOf, triedBy, type Tried } from './tried.ts';
import { nameOf, type CheckerParts } from './verdict.ts';
import type { VersionBooks } from './versions.ts';

/** What is kept of one lock. */
interface LockBook {
  readonly memory: MemoryBook;
  /** When the list was last said to be current, as heard in this boot, and as it may be remembered since. */
  confirmedAt: number;
}

/** What is kept of one box. */
interface BoxBook {
  readonly locks: ReadonlyMap<number, LockBook>;
  readonly harm: HarmBook;
  /** Decisions that the disk has not taken yet: the memory of the box is not that of its disk. */
  untold: number;
  /** Records are gone: what is absent is as strict as it could be. */
  isStrict: boolean;
  /** Decisions that no disk will ever tell: what the box remembers is not known from outside any more. */
  isLost: boolean;
  image: Pick<BoxBook, 'isLost'> & { readonly confirmedAt: ReadonlyMap<number, number> };
  /** The question after the time that the box has asked and that was not answered. */
  question: string | undefined;
  /** One that was asked in the present call, perhaps because of an answer to the one before. */
  asked: string | undefined;
  /** The decisions that were committed in the present call of the agent. */
  told: KeptEvent[];
  /** What was given back in it. */
  given: Given | undefined;
  /** Pauses that were told in it, where a record is gone. */
  pauses: KeptEvent[];
}

export interface DecisionParts extends CheckerParts {
  readonly zone: string;
  readonly versions: VersionBooks;
  readonly doubts: DoubtBooks;
  readonly onReason: (reason: Reason) => void;
}

/** A decision as it was made at a door, with what was tried. */
export interface Decided {
  readonly box: DoorBox;
  readonly lock: number;
  readonly lockId: string;
  readonly tried: Tried;
  readonly event: KeptEvent;
  readonly made: Reason;
  readonly expected: Reason;
}

const decisionTypes = ['key_accepted', 'key_refused', 'command_refused'];

function createBoxBook(box: DoorBox): BoxBook {
  const locks = box.locks.map(
    ({ number }) => [number, { memory: createMemoryBook(), confirmedAt: 0 }] as const,
  );
  return {
    ...{ locks: new Map(locks), harm: createHarmBook(), untold: 0, isLost: false },
    ...{ given: undefined, isStrict: false },
    ...{ image: { isLost: false, confirmedAt: new Map() }, question: undefined },
    ...{ asked: undefined, told: [], pauses: [] },
  };
}

interface About {
  readonly box: DoorBox;
  readonly event: KeptEvent;
  readonly lock: number;
  readonly tried: Tried;
}

function questionOf(parts: DecisionParts, book: BoxBook, { box, event, lock, tried }: About): Question {
  const known = book.locks.get(lock);
  const memory = known?.memory.memory() ?? createMemoryBook().memory();
  return {
    zone: parts.zone,
    lockId: box.locks.find(({ number }) => number === lock)?.id ?? '',
    listing: parts.versions.activeAt(box, lock),
    memory,
    path: memory.paths.get(pathOf(tried)),
    canRecord: !box.isDiskFull(),
    isInDoubt: parts.doubts.of(box).isInDoubt,
    confirmedAt: known?.confirmedAt,
    at: event.at,
    uncertaintyMs: event.uncertaintyMs,
    tried,
  };
}

/** What a decision leaves behind, once it is on the disk. */
function keepTrace(book: BoxBook, event: KeptEvent, tried: Tried | undefined): void {
  const attempt = tried?.kind === 'reader' ? tried.attempt : undefined;
  const { picture, holding } = attempt ?? {};
  book.locks.get(event.lock)?.memory.keep({
    event,
    key: nameOfKey(event.key),
    isFirstPerson: holding?.key.firstPerson ?? false,
    shownAt: picture && picture.content?.isStatic !== true ? picture.at : undefined,
  });
}

/** What was decided while the disk took nothing is on it now. */
function keepOwed(book: BoxBook, owed: readonly KeptEvent[]): void {
  for (const event of owed) {
    keepTrace(book, event, undefined);
    if (event.type === 'key_accepted' && event.method === 'qr') book.isLost = true;
  }
}

/** What was given back counts once it is on the disk. */
function keepGiven(book: BoxBook): void {
  const { given } = book;
  book.given = undefined;
  if (given) for (const [lock, { memory }] of book.locks) memory.keep({ ...given, lock });
}

/** The server said that lists are current; the box believes an answer to its last question alone. */
function confirm(parts: DecisionParts, book: BoxBook, about: { box: DoorBox; message: TimeMessage }): void {
  const { box, message } = about;
  if (book.question !== nameOf(message.nonce)) return;
  book.question = undefined;
  for (const { lock, list } of message.lists) {
    const active = parts.versions.activeAt(box, lock)?.record.list;
    const known = book.locks.get(lock);
    const isCurrent = active?.incarnation === list.incarnation && active.version === list.version;
    if (known && isCurrent) known.confirmedAt = Math.max(known.confirmedAt, message.at);
  }
}

function hearQuestion(book: BoxBook, { channel, message }: Seen<'said'>): void {
  const opened = channel === 'state' ? openMessage(helloMessage, message, () => true) : undefined;
  if (opened?.ok) book.asked = nameOf(opened.body.timeNonce);
}

function hearAnswer(parts: DecisionParts, book: BoxBook, { box, cause }: Seen<'acted'>): void {
  if (cause.kind === 'link_down') book.question = undefined;
  if (cause.kind === 'letter' && parts.isSigned(cause.letter.message)) {
    const opened = openMessage(timeMessage, cause.letter.message, () => true);
    if (opened.ok) confirm(parts, book, { box, message: opened.body });
  }
  book.question = book.asked ?? book.question;
  book.asked = undefined;
}

function compare({ fail }: DecisionParts, { box, lock, event, made, expected }: Decided): void {
  if (made === expected) return;
  const key = nameOfKey(event.key)?.slice(-4) ?? 'nobody';
  fail(invariantOf(expected, made), `${box.name}/${lock} decided ${made} for ${key}, and it is ${expected}`);
}

function judge(parts: DecisionParts, book: BoxBook, about: About): Decided {
  const { box, event, lock, tried } = about;
  const question = questionOf(parts, book, about);
  const made = event.type === 'key_accepted' ? 'granted' : (event.reason ?? 'internal_fault');
  const expected = oracle(worldOf(question), [attemptOf(question)])[0]?.reason ?? 'internal_fault';
  const decided: Decided = { box, lock, lockId: question.lockId, tried, event, made, expected };
  const isKnown = book.untold === 0 && !book.isLost;
  if (made === 'internal_fault') parts.fail('fault', `${box.name}: ${event.detail ?? 'an internal fault'}`);
  else if (isKnown && !mayBeStricter(book, question, made)) compare(parts, decided);
  keepTrace(book, event, tried);
  return decided;
}

/** Nothing was told of an attempt: the disk is full, or the reader has told enough of the like. */
function noteUntold(parts: DecisionParts, book: BoxBook, box: DoorBox): void {
  if (!box.isDiskFull()) return;
  book.untold += 1;
  if (book.harm.isAny()) book.isLost = true;
  if (!box.lastWords()?.includes('cannot_be_recorded')) return;
  parts.onReason('cannot_be_recorded');
  parts.count('a full disk denied a counted Key');
}

/** A door that misses a record counts from elsewhere, and tells how far with each pause. */
function keepPauses(book: BoxBook): void {
  for (const event of book.pauses) book.locks.get(event.lock)?.memory.keep(ownPauseOf(event));
  book.pauses = [];
}

/** A call of the agent is over: what was decided in it, or could not be told. */
function close(parts: DecisionParts, book: BoxBook, seen: Seen<'acted'>): Decided | undefined {
  const { box, cause, isCut } = seen;
  const about = triedBy(cause);
  const { told } = book;
  // What the disk owed is told with the instant at which it was decided.
  const isNow = told.at(-1)?.mono === Math.floor(box.clock.mono());
  const event = about && isNow ? told.at(-1) : undefined;
  keepOwed(book, event ? told.slice(0, -1) : told);
  keepGiven(book);
  if (isCut || told.length > 0) book.untold = 0;
  book.told = [];
  if (about && event) return judge(parts, book, { box, event, ...about });
  if (about && !isCut) noteUntold(parts, book, box);
  return undefined;
}

/** The door says of a record that it was damaged; what was not is a door that cries wolf. */
function hearHarm({ fail, count }: DecisionParts, book: BoxBook, event: KeptEvent): void {
  const found = book.harm.meet(event);
  if (found === undefined) fail('decision', `${event.detail ?? 'something'} was not damaged`);
  else count(found.what);
  if (found?.trace) book.locks.get(found.lock)?.memory.keep(found.trace);
}

function keepTold(parts: DecisionParts, book: BoxBook, { box, cause, appended }: Seen<'kept'>): void {
  for (const event of appended) {
    const { type, method, detail = '' } = event;
    if (decisionTypes.includes(type) && method !== undefined) book.told.push(event);
    if (detail.startsWith('not_kept ')) book.isLost = true;
    if (type === 'reader_paused' && book.isStrict) book.pauses.push(event);
    if (type === 'memory_damaged') hearHarm(parts, book, event);
    if (type === 'counters_returned') {
      const { isOwn } = parts.doubts.of(box);
      hearReturned(parts, book, { cause, event, isOwn: isOwn && event.key === undefined });
    }
  }
}

const imageOf = ({ isLost, locks }: BoxBook): BoxBook['image'] => ({
  isLost,
  confirmedAt: new Map([...locks].map(([lock, { confirmedAt }]) => [lock, confirmedAt])),
});

/** The image and what it takes the place of change places. */
function restore(book: BoxBook): void {
  const { isLost, confirmedAt } = book.image;
  book.image = imageOf(book);
  book.harm.restore();
  for (const [lock, known] of book.locks) {
    known.memory.restore();
    known.confirmedAt = confirmedAt.get(lock) ?? 0;
  }
  Object.assign(book, { untold: 0, question: undefined, asked: undefined, isLost });
}

/** The uses of a Key whose record is gone are those that the server gives back. */
function vanish(book: BoxBook, { name }: Seen<'vanished'>): void {
  book.harm.vanish(name);
  book.isStrict = true;
  const [shelf, lock, key = ''] = name.split('/');
  if (shelf === 'key')
    book.locks.get(Number(lock))?.memory.keep({ vanished: nameOfKey(uuidBytes(key)) ?? '' });
}

function takeImage(book: BoxBook): void {
  for (const { memory } of book.locks.values()) memory.image();
  book.harm.image();
  book.image = imageOf(book);
}

/** Every decision at a door is put to the oracle, with the list and the memory that the door must have. */
export function createDecisionChecker(parts: DecisionParts, onDecided: (decided: Decided) => void): Observe {
  const books = new Map<DoorBox, BoxBook>();
  const bookOf = (box: DoorBox): BoxBook => {
    const book = books.get(box) ?? createBoxBook(box);
    books.set(box, book);
    return book;
  };
  return listenTo({
    kept: (seen) => {
      keepTold(parts, bookOf(seen.box), seen);
    },
    said: (seen) => {
      hearQuestion(bookOf(seen.box), seen);
    },
    acted: (seen) => {
      hearAnswer(parts, bookOf(seen.box), seen);
      const decided = close(parts, bookOf(seen.box), seen);
      keepPauses(bookOf(seen.box));
      if (decided) onDecided(decided);
    },
    imaged: ({ box }) => {
      takeImage(bookOf(box));
    },
    harmed: ({ box, name }) => {
      bookOf(box).harm.turn(name);
      if (name === 'ledger') bookOf(box).isStrict = true;
    },
    vanished: (seen) => {
      vanish(bookOf(seen.box), seen);
    },
    restored: ({ box }) => {
      restore(bookOf(box));
    },
    transferred: ({ box }) => void books.set(box, createBoxBook(box)),
  });
}
