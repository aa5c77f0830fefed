import { commandMessage, helloMessage, openMessage, uuidText, type CommandMessage } from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import type { Cause } from '../street/cause.ts';
import type { Observation } from '../street/observation.ts';
import { nameOf, type Checker, type CheckerParts } from './verdict.ts';

/** A command as it was signed, and whose it was then. */
interface SignedCommand {
  readonly body: CommandMessage;
  readonly box: DoorBox;
  readonly epoch: number;
}

interface Book {
  readonly signed: Map<string, SignedCommand>;
  /** Which start of which box has said this nonce. */
  readonly boots: Map<string, { box: DoorBox; boots: number }>;
  readonly actuated: Set<string>;
  /** Locks that were once told to let in what cannot be recorded. */
  readonly admitting: Set<string>;
  /** Grants that were committed in the present call of the agent and moved no relay yet. */
  grants: number;
  hasOpened: boolean;
}

interface Movement {
  readonly box: DoorBox;
  readonly lock: number;
  readonly cause: Cause;
}

/** The longest that a clock of a box may be off when it says that it knows the time. */
const clockGraceMs = 2_000;

const believe = (): boolean => true;

function commandOf(cause: Cause): CommandMessage | undefined {
  if (cause.kind !== 'letter' || cause.letter.channel !== 'command') return undefined;
  const opened = openMessage(commandMessage, cause.letter.message, believe);
  return opened.ok ? opened.body : undefined;
}

function isOfThisBoot({ boots }: Book, box: DoorBox, { bootNonce }: CommandMessage): boolean {
  const said = boots.get(nameOf(bootNonce));
  return said?.box === box && said.boots === box.boots();
}

/** I6: a command actuates at most once: in its boot, under its owner, in its time, if it was given. */
function checkCommand({ fail, now, count }: CheckerParts, book: Book, { box, cause }: Movement): void {
  if (cause.kind !== 'letter') return;
  const given = book.signed.get(nameOf(cause.letter.message));
  if (!given) {
    fail('I6', `${box.name} opened by a letter that nobody signed as a command`);
    return;
  }
  const { body } = given;
  const id = uuidText(body.command);
  if (book.actuated.has(id)) fail('I6', `${box.name} opened twice by command ${id.slice(-4)}`);
  book.actuated.add(id);
  if (given.box !== box || given.epoch !== box.epoch()) fail('I6', `${box.name} opened by a foreign command`);
  if (!isOfThisBoot(book, box, body)) fail('I6', `${box.name} opened by a command of another boot`);
  const lateMs = now() - body.notAfter;
  if (lateMs > clockGraceMs) fail('I6', `${box.name} opened ${lateMs} ms after the life of ${id.slice(-4)}`);
  if (body.key === undefined) count('a command opened');
}

/** I9: nothing but what is shown and what is commanded moves a relay. */
function checkCause({ fail }: CheckerParts, { box, cause }: Movement): void {
  const mayOpen = cause.kind === 'present' || (cause.kind === 'letter' && cause.letter.channel === 'command');
  if (!mayOpen) fail('I9', `${box.name} opened because of ${cause.kind}`);
}

/** I1: a grant is on the disk first. A lock may let in unrecorded what is not counted, and only then. */
function checkRecorded({ fail, street, count }: CheckerParts, book: Book, movement: Movement): void {
  const { box, lock, cause } = movement;
  if (book.grants > 0) {
    book.grants -= 1;
    return;
  }
  const lockId = box.locks.find(({ number }) => number === lock)?.id ?? '';
  const key = commandOf(cause)?.key;
  const holding =
    cause.kind === 'present'
      ? cause.attempt.holding
      : key && street.server.facts().holdings.get(uuidText(key));
  const mayBeUnrecorded =
    box.isDiskFull() && book.admitting.has(lockId) && holding?.key.maxUses === undefined;
  if (mayBeUnrecorded) count('a full disk let a Key in');
  else fail('I1', `${box.name} opened without a grant on its disk`);
}

/** A command that is dropped is told nobody; what it would have been is known from outside. */
function countDropped({ count, now }: CheckerParts, book: Book, about: { box: DoorBox; cause: Cause }): void {
  const body = commandOf(about.cause);
  if (!body || about.cause.kind !== 'letter' || book.hasOpened) return;
  if (!book.signed.has(nameOf(about.cause.letter.message))) count('a letter refused by the door');
  else if (!isOfThisBoot(book, about.box, body)) count('a command for another boot');
  else if (now() > body.notAfter) count('a command came late');
  else if (book.actuated.has(uuidText(body.command))) count('a command came twice');
}

/** Keeps what was signed, said and decided, as far as it concerns relays. */
function keepBook(book: Book, seen: Observation): void {
  if (seen.type === 'signed' && seen.letter.channel === 'command') {
    const opened = openMessage(commandMessage, seen.letter.message, believe);
    const given = opened.ok && { body: opened.body, box: seen.box, epoch: seen.box.epoch() };
    if (given) book.signed.set(nameOf(seen.letter.message), given);
  } else if (seen.type === 'said' && seen.channel === 'state') {
    const opened = openMessage(helloMessage, seen.message, believe);
    if (opened.ok) book.boots.set(nameOf(opened.body.bootNonce), { box: seen.box, boots: seen.box.boots() });
  } else if (seen.type === 'changed') {
    for (const [id, { rule }] of seen.after.locks)
      if (rule.whenUnrecorded === 'admit') book.admitting.add(id);
  } else if (seen.type === 'kept') {
    book.grants += seen.appended.filter(({ type }) => type === 'key_accepted').length;
  }
}

/** I1, I6, I9: every movement of a relay to unlocked. */
export const checkRelays: Checker = (parts) => {
  const book: Book = {
    ...{ signed: new Map(), boots: new Map(), actuated: new Set(), admitting: new Set() },
    ...{ grants: 0, hasOpened: false },
  };
  return (seen) => {
    keepBook(book, seen);
    if (seen.type === 'relay' && seen.isUnlocked) {
      checkCause(parts, seen);
      checkRecorded(parts, book, seen);
      checkCommand(parts, book, seen);
      book.hasOpened = true;
    } else if (seen.type === 'acted') {
      countDropped(parts, book, seen);
      Object.assign(book, { grants: 0, hasOpened: false });
    }
  };
};
