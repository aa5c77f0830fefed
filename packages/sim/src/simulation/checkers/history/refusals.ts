import type { DoorBox } from '../../street/box-face.ts';
import { listenTo, type KeptEvent, type Observe, type Seen } from '../../street/observation.ts';
import type { CheckerParts } from '../verdict.ts';

/** A power cut takes the count of so long at most (decision record 0044); clocks of boxes drift. */
const lostWithinMs = 1_010;
/** What is gathered is told when its minute is over. */
const toldWithinMs = 61_000;
/** A disk that took nothing is tried again after so long, and then has what was owed. */
const owedForMs = 75_000;

/** An attempt at a reader that got no event of its own. */
interface Untold {
  readonly place: string;
  readonly at: number;
}

/** What one box has refused and not told, as far as it is known from outside. */
interface RefusalBook {
  /** Those of which it has to tell. */
  untold: Untold[];
  /** Those of which it may: nobody knows whether it has counted them. By place. */
  uncertain: Map<string, number>;
  /** Events that were kept in the present call. */
  kept: KeptEvent[];
  fullAt: number;
  image: Pick<RefusalBook, 'untold' | 'uncertain'>;
}

/** What is asked at the end. */
export interface RefusalBooks {
  /** Every refusal is told by now. */
  readonly checkAll: () => void;
}

const emptyBook = (): RefusalBook => ({
  ...{ untold: [], uncertain: new Map(), kept: [], fullAt: -Infinity },
  image: { untold: [], uncertain: new Map() },
});

const placeOf = (lock: number, path: string): string => `${lock} ${path}`;

function doubt({ uncertain }: Pick<RefusalBook, 'uncertain'>, refusals: readonly Untold[]): void {
  for (const { place } of refusals) uncertain.set(place, (uncertain.get(place) ?? 0) + 1);
}

/** What is on the disk of a box whose power fails now: not what came in its last second. */
function onDisk(book: RefusalBook, now: number): RefusalBook['image'] {
  const after = now - book.fullAt < owedForMs ? -Infinity : now - lostWithinMs;
  const uncertain = new Map(book.uncertain);
  doubt(
    { uncertain },
    book.untold.filter(({ at }) => at > after),
  );
  return { untold: book.untold.filter(({ at }) => at <= after), uncertain };
}

/** The door tells of some together: no more than there were. */
function hearGathered({ fail }: CheckerParts, book: RefusalBook, event: KeptEvent): void {
  const count = Number(/^refused_(?:from|at_least) (\d+) /.exec(event.detail ?? '')?.[1] ?? 0);
  const place = placeOf(event.lock, event.path ?? '');
  const here = book.untold.filter((refusal) => refusal.place === place);
  const told = new Set(here.slice(0, count));
  book.untold = book.untold.filter((refusal) => !told.has(refusal));
  const left = (book.uncertain.get(place) ?? 0) - (count - told.size);
  if (left < 0) fail('I19', `${count} refusals at ${place} are told, ${-left} more than there were`);
  book.uncertain.set(place, Math.max(0, left));
}

/** Somebody showed something, and it has an event of its own, or is one of those that are told together. */
function hearAttempt(book: RefusalBook, { box, cause, isCut }: Seen<'acted'>, now: number): void {
  if (cause.kind !== 'present') return;
  const { lock, reader } = cause.attempt;
  const mono = Math.floor(box.clock.mono());
  const isTold = book.kept.some(
    (event) =>
      event.method !== undefined && event.lock === lock && event.path === reader && event.mono === mono,
  );
  if (isTold) return;
  const refusal = { place: placeOf(lock, reader), at: now };
  if (isCut || box.isDiskFull()) doubt(book, [refusal]);
  else book.untold.push(refusal);
}

function checkAge({ fail, now }: CheckerParts, book: RefusalBook, box: DoorBox): void {
  if (now() - book.fullAt < owedForMs || !box.isRunning()) return;
  const late = book.untold.filter(({ at }) => at < now() - toldWithinMs);
  if (late.length > 0)
    fail('I19', `${box.name} told nobody of ${late.length} refusals at ${late[0]?.place ?? ''}`);
}

/** After a start nothing is owed of what the boot before it had counted. */
function checkStart({ fail, count }: CheckerParts, book: RefusalBook, { box }: Seen<'acted'>): void {
  if (book.kept.some(({ type }) => type === 'refusals_gathered'))
    count('a start told what was gathered before');
  const { untold } = book;
  book.untold = [];
  if (box.isDiskFull()) doubt(book, untold);
  else if (untold.length > 0)
    fail(
      'I19',
      `${box.name} started and told nobody of ${untold.length} refusals at ${untold[0]?.place ?? ''}`,
    );
}

function close(parts: CheckerParts, book: RefusalBook, seen: Seen<'acted'>): void {
  const { box, cause, isCut } = seen;
  if (box.isDiskFull()) book.fullAt = parts.now();
  hearAttempt(book, seen, parts.now());
  if (isCut) Object.assign(book, onDisk(book, parts.now()));
  else if (cause.kind === 'start') checkStart(parts, book, seen);
  else checkAge(parts, book, box);
  book.kept = [];
}

function keep(parts: CheckerParts, book: RefusalBook, { appended }: Seen<'kept'>): void {
  book.kept.push(...appended);
  for (const event of appended) {
    if (event.type !== 'refusals_gathered') continue;
    parts.count('refusals were gathered');
    hearGathered(parts, book, event);
  }
}

/**
 * I19: each refusal at a reader has an event of its own, or is counted in one of several, or came in the last
 * second before the power failed; and none is told of twice.
 */
export function createRefusalChecker(parts: CheckerParts): RefusalBooks & { readonly observe: Observe } {
  const books = new Map<DoorBox, RefusalBook>();
  const bookOf = (box: DoorBox): RefusalBook => {
    const book = books.get(box) ?? emptyBook();
    books.set(box, book);
    return book;
  };
  return {
    checkAll: () => {
      for (const [box, book] of books) checkAge(parts, book, box);
    },
    observe: listenTo({
      kept: (seen) => {
        keep(parts, bookOf(seen.box), seen);
      },
      acted: (seen) => {
        close(parts, bookOf(seen.box), seen);
      },
      imaged: ({ box }) => {
        bookOf(box).image = onDisk(bookOf(box), parts.now());
      },
      restored: ({ box }) => {
        const book = bookOf(box);
        const { untold, uncertain, image } = book;
        Object.assign(book, { ...image, image: { untold, uncertain } });
      },
      transferred: ({ box }) => void books.set(box, emptyBook()),
    }),
  };
}
