import { commandMessage, listHeadMessage, openMessage, uuidBytes } from '@claviger/protocol';
import type { DoorBox } from '../street/box-face.ts';
import type { Cause } from '../street/cause.ts';
import { listenTo, type KeptEvent } from '../street/observation.ts';
import { ownDamageOf } from './history/harm-book.ts';
import { nameOf, type Checker, type CheckerParts } from './verdict.ts';

/** A signed instant that the box was given, and when by its own stopwatch. */
interface Evidence {
  readonly mono: number;
  readonly at: number;
}

interface Book {
  /** Of this boot. */
  evidence: Evidence[];
  /** The newest of this disk that a power cut may not take away. */
  kept: number;
  newest: number;
  image: number;
}

/** Evidence is written at most once a minute (decision record 0015), and not on a full disk. */
const unwrittenMs = 60_000;

function signedAtOf({
  letter,
}: Extract<Cause, { kind: 'letter' }>): { device: Uint8Array; epoch: number; at: number } | undefined {
  const head = openMessage(listHeadMessage, letter.message, () => true);
  if (head.ok) return { device: head.body.device, epoch: head.body.ownershipEpoch, at: head.body.signedAt };
  const command = openMessage(commandMessage, letter.message, () => true);
  if (!command.ok) return undefined;
  return { device: command.body.device, epoch: command.body.ownershipEpoch, at: command.body.issuedAt };
}

function checkEvent(
  { fail, now }: CheckerParts,
  book: Book,
  about: { box: DoorBox; event: KeptEvent },
): void {
  const { box, event } = about;
  // What a start tells of the boot before it says when that was, not what time it is.
  if (event.lost || event.detail?.startsWith('refused_at_least ')) return;
  const known = book.evidence.filter(({ mono }) => mono < event.mono);
  const latest = Math.max(0, ...known.map(({ at }) => at));
  if (event.at < latest)
    fail('I10', `${box.name} says ${latest - event.at} ms before what it was given signed`);
  if (event.at < book.kept)
    fail('I10', `${box.name} says ${book.kept - event.at} ms before what its disk knew signed`);
  const isNow = Math.abs(box.clock.mono() - event.mono) < 2;
  const offMs = Math.abs(event.at - now());
  if (isNow && event.uncertaintyMs < 60_000 && offMs > event.uncertaintyMs + 5) {
    fail('I10', `${box.name} is off by ${offMs} ms and says ${event.uncertaintyMs}`);
  }
}

/** I10: what a box says the time is never comes before a signed time, and is as good as it says. */
export const checkClocks: Checker = (parts) => {
  const books = new Map<DoorBox, Book>();
  const bookOf = (box: DoorBox): Book => {
    const book = books.get(box) ?? { evidence: [], kept: 0, newest: 0, image: 0 };
    books.set(box, book);
    return book;
  };

  const hear = (box: DoorBox, cause: Cause): void => {
    if (cause.kind !== 'letter' || !parts.isSigned(cause.letter.message)) return;
    const said = signedAtOf(cause);
    const isForBox =
      said && nameOf(said.device) === nameOf(uuidBytes(box.deviceId)) && said.epoch === box.epoch();
    if (!isForBox) return;
    const book = bookOf(box);
    book.evidence.push({ mono: box.clock.mono(), at: said.at });
    if (!box.isDiskFull()) book.newest = Math.max(book.newest, said.at);
  };

  return listenTo({
    acted: ({ box, cause, isCut }) => {
      if (!isCut) hear(box, cause);
    },
    kept: ({ box, appended }) => {
      // What is left then is what the lists of the box tell, which is later than nothing.
      if (appended.some((event) => ownDamageOf(event) === 'evidence')) bookOf(box).kept = 0;
      for (const event of appended) checkEvent(parts, bookOf(box), { box, event });
    },
    powered_off: ({ box }) => {
      const book = bookOf(box);
      book.kept = Math.max(book.kept, book.newest - unwrittenMs);
      book.evidence = [];
    },
    imaged: ({ box }) => {
      bookOf(box).image = Math.max(0, bookOf(box).newest - unwrittenMs);
    },
    restored: ({ box }) => {
      const { image, kept } = bookOf(box);
      Object.assign(bookOf(box), { kept: image, newest: image, evidence: [], image: kept });
    },
    transferred: ({ box }) => void books.delete(box),
  });
};
