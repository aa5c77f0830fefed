import {
  helloMessage,
  openMessage,
  storedMessage,
  uuidText,
  type HelloMessage,
  type StoredMessage,
} from '@claviger/protocol';
import type { BoxDamage } from '@claviger/domain';
import type { DoorBox } from '../../street/box-face.ts';
import type { Cause } from '../../street/cause.ts';
import { listenTo, type Observe, type Seen } from '../../street/observation.ts';
import { recoveryIn } from './given.ts';
import { ownDamageOf } from './harm-book.ts';
import { nameOf, type CheckerParts } from '../verdict.ts';

/** What one disk of a box knows of its history. */
interface Lineage {
  /** As its events tell. */
  isInDoubt: boolean;
  /** Higher than this no boot or command of this lineage was, nor of those that it was told of. */
  bootNumber: number;
  commandSequence: number;
  /** The chain as this disk has it. */
  readonly chain: Map<number, string>;
  lastSequence: number;
}

interface DoubtBook {
  disk: Lineage;
  image: Lineage;
  /** The server has told this box that its history is another one: from then on nothing counted opens. */
  mustDoubt: boolean;
  /** What the box said in its last hello. */
  bootNonce: string;
  logEpoch: number;
}

/** Who is in doubt about its history, as the disk has told, and as the wire has. */
export interface DoubtBooks {
  readonly of: (box: DoorBox) => { readonly isInDoubt: boolean; readonly mustDoubt: boolean };
  readonly observe: Observe;
}

const emptyLineage = (): Lineage => ({
  ...{ isInDoubt: false, bootNumber: 0, commandSequence: 0, chain: new Map(), lastSequence: 0 },
});
const emptyBook = (): DoubtBook => ({
  ...{ disk: emptyLineage(), image: emptyLineage(), mustDoubt: false, bootNonce: '', logEpoch: 1 },
});
const copyOf = (lineage: Lineage): Lineage => ({ ...lineage, chain: new Map(lineage.chain) });

/** What a box that has lost this record of itself must take for granted (decision record 0037). */
function hearDamage({ disk }: DoubtBook, damage: BoxDamage | undefined): void {
  if (damage === 'boot') disk.bootNumber = 0;
  if (damage === 'command') disk.commandSequence = 0;
  if (damage === 'doubt') disk.isInDoubt = true;
}

const hasSlash = (name: string | undefined): boolean => name?.includes('/') ?? true;

/** What a box must take for granted of which a record is gone (decision record 0043). */
function hearVanished({ disk }: DoubtBook, { box, name, under }: Seen<'vanished'>): void {
  if (name === 'boot') disk.bootNumber = 0;
  if (name === 'command') disk.commandSequence = 0;
  // Without a record that says that there is no doubt, there is one.
  const hasDoubtRecord = box.disk().transact((on) => on.get('doubt') !== undefined);
  // The mark of the checksums is not in the ledger; what is left of it under another name is.
  const isOfBox = (name !== 'checksums' && !hasSlash(name)) || !hasSlash(under);
  const isOwnMissing = isOfBox && !hasDoubtRecord;
  const isKeyMissing = [name, under].some((one) => one?.startsWith('key/'));
  if (isKeyMissing || isOwnMissing || name === 'ledger') disk.isInDoubt = true;
}

function keep(parts: CheckerParts, book: DoubtBook, { cause, appended }: Seen<'kept'>): boolean {
  const { disk } = book;
  let isOver = false;
  for (const { sequence, hash, type, key, detail = '' } of appended) {
    hearDamage(book, ownDamageOf({ type, detail }));
    disk.chain.set(sequence, nameOf(hash));
    disk.lastSequence = Math.max(disk.lastSequence, sequence);
    if (type === 'message_refused' && detail === 'older_disk') {
      parts.count('an older disk was recognised');
      disk.isInDoubt = true;
    }
    // With a Key it is that one's own doubt that ends.
    if (type !== 'counters_returned' || key !== undefined) continue;
    parts.count('counters were given back');
    isOver = true;
    const given = recoveryIn(parts, cause);
    disk.isInDoubt = false;
    disk.bootNumber = Math.max(disk.bootNumber, given?.bootNumber ?? 0);
    disk.commandSequence = Math.max(disk.commandSequence, given?.commandSequence ?? 0);
  }
  return isOver;
}

/** Whether it tells this boot that its history is another one. */
function isToldOther({ disk, bootNonce, logEpoch }: DoubtBook, body: StoredMessage): boolean {
  const { through, hash, next } = body;
  if (body.logEpoch !== logEpoch) return false;
  if (next) return nameOf(next.bootNonce) === bootNonce && next.logEpoch > logEpoch;
  const here = disk.chain.get(through);
  const isOther = hash !== undefined && here !== undefined && here !== nameOf(hash);
  return through > disk.lastSequence || isOther;
}

/** What the server says of its log, compared with the chain that this box has. */
function hearStored(
  { isSigned }: CheckerParts,
  book: DoubtBook,
  { box, cause }: { box: DoorBox; cause: Cause },
): void {
  if (cause.kind !== 'letter' || !isSigned(cause.letter.message)) return;
  const opened = openMessage(storedMessage, cause.letter.message, () => true);
  if (!opened.ok || opened.body.ownershipEpoch !== box.epoch()) return;
  if (uuidText(opened.body.device) !== box.deviceId) return;
  if (isToldOther(book, opened.body)) book.mustDoubt = true;
}

/** I6: neither the number of a boot nor that of the last command comes twice in one lineage. */
function checkNumbers(
  { fail }: CheckerParts,
  book: DoubtBook,
  { box, hello }: { box: DoorBox; hello: HelloMessage },
): void {
  const { bootNumber, commandSequence } = hello;
  const { disk } = book;
  const isNewBoot = nameOf(hello.bootNonce) !== book.bootNonce;
  if (isNewBoot && bootNumber <= disk.bootNumber)
    fail('I6', `${box.name} says boot ${bootNumber} after ${disk.bootNumber}`);
  if (commandSequence < disk.commandSequence)
    fail('I6', `${box.name} says command ${commandSequence} after ${disk.commandSequence}`);
  disk.bootNumber = Math.max(disk.bootNumber, bootNumber);
  disk.commandSequence = Math.max(disk.commandSequence, commandSequence);
}

function hearHello(parts: CheckerParts, book: DoubtBook, { box, channel, message }: Seen<'said'>): void {
  const opened = channel === 'state' ? openMessage(helloMessage, message, () => true) : undefined;
  if (!opened?.ok) return;
  checkNumbers(parts, book, { box, hello: opened.body });
  book.bootNonce = nameOf(opened.body.bootNonce);
  book.logEpoch = opened.body.logEpoch;
}

/** Follows the doubts of all boxes, and checks what a recovery must raise for good (decision record 0019). */
export function createDoubtChecker(parts: CheckerParts): DoubtBooks {
  const books = new Map<DoorBox, DoubtBook>();
  const bookOf = (box: DoorBox): DoubtBook => {
    const book = books.get(box) ?? emptyBook();
    books.set(box, book);
    return book;
  };
  return {
    of: (box) => ({ isInDoubt: bookOf(box).disk.isInDoubt, mustDoubt: bookOf(box).mustDoubt }),
    observe: listenTo({
      kept: (seen) => {
        const book = bookOf(seen.box);
        if (keep(parts, book, seen)) book.mustDoubt = false;
      },
      said: (seen) => {
        hearHello(parts, bookOf(seen.box), seen);
      },
      acted: (seen) => {
        if (!seen.isCut) hearStored(parts, bookOf(seen.box), seen);
      },
      imaged: ({ box }) => {
        bookOf(box).image = copyOf(bookOf(box).disk);
      },
      restored: ({ box }) => {
        const book = bookOf(box);
        [book.disk, book.image] = [book.image, book.disk];
        book.mustDoubt = false;
      },
      harmed: ({ box, name }) => {
        if (name === 'ledger') bookOf(box).disk.isInDoubt = true;
      },
      vanished: (seen) => {
        hearVanished(bookOf(seen.box), seen);
      },
      transferred: ({ box }) => void books.set(box, emptyBook()),
    }),
  };
}
