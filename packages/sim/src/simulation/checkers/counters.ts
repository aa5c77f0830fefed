import type { Reason } from '@claviger/domain';
import type { CutPoint } from '../street/power.ts';
import type { Sometimes } from '../sometimes.ts';
import type { DoorBox } from '../street/box-face.ts';
import type { Holding } from '../street/facts.ts';
import type { Observation } from '../street/observation.ts';
import type { Attempt } from '../people/attempt.ts';
import type { Decided } from './decisions.ts';
import { keyOf } from './tried.ts';
import type { CheckerParts } from './verdict.ts';

const hourMs = 3_600_000;

const openedBy: Partial<Record<string, Sometimes>> = {
  pin: 'a Key opened by PIN',
  card: 'a Key opened by card',
  qr: 'a Key opened by QR',
  link: 'a Key opened by link',
};

const refusedFor: Partial<Record<Reason, Sometimes>> = {
  uses_exhausted: 'a counted Key was used up',
  replayed: 'a screenshot shown again',
  lockdown: 'a lockdown held',
};

const cutAt: Partial<Record<CutPoint, Sometimes>> = {
  write: 'the power failed in a transaction',
  before_relay: 'the power failed between commit and relay',
  after_relay: 'the power failed with the relay on',
};

interface Book {
  /** When each box last heard anything. */
  readonly heardAt: Map<DoorBox, number>;
  /** The until that a Key had before it was extended. */
  readonly extendedFrom: Map<string, number>;
  /** When a robot last tried at a lock. */
  readonly robotAt: Map<string, number>;
}

/** The instant of a name, or one so far away that nothing is near it. */
const instantOf = <Name>(book: ReadonlyMap<Name, number>, name: Name): number => book.get(name) ?? Infinity;

function countGrant({ count, now }: CheckerParts, book: Book, { event, box, tried, lockId }: Decided): void {
  const opened = openedBy[event.method ?? ''];
  if (opened) count(opened);
  if (event.key?.length === 8) count('a QR opened by its own rule');
  if (now() - instantOf(book.heardAt, box) > 20 * hourMs) count('a door decided alone for a day');
  if (Math.abs(now() - instantOf(book.robotAt, lockId)) < 60_000)
    count('a neighbour opened while a robot tried');
  if (now() > instantOf(book.extendedFrom, keyOf(tried) ?? '')) count('an extension opened');
}

function isOfOwner({ key }: Holding, box: DoorBox): boolean {
  return key.bindings.some(({ lock }) => box.locks.some(({ id }) => id === lock));
}

function countAttempt({ count, street }: CheckerParts, { made, box }: Decided, attempt: Attempt): void {
  const { picture, holding, isForged } = attempt;
  if (isForged === 'unknown_issuer') count('a picture of a foreign issuer');
  if (!holding) return;
  const now = street.server.facts().holdings.get(holding.key.id) ?? holding;
  const shown = picture?.content?.issue;
  if (made === 'revoked' && shown !== undefined && shown < now.key.issue)
    count('a picture of an older issue');
  const isFormer = box.epoch() > 1 && !isOfOwner(holding, box);
  if (isFormer && made === 'unknown_credential') count('a former owner was refused');
}

function countRefusal(parts: CheckerParts, book: Book, decided: Decided): void {
  const { count, now } = parts;
  const { made, tried, lockId } = decided;
  const counted = refusedFor[made];
  if (counted) count(counted);
  if (tried.kind === 'page' && made === 'unknown_credential') count('a stranger with a link');
  if (tried.kind !== 'reader') return;
  countAttempt(parts, decided, tried.attempt);
  if (tried.attempt.who !== 'robot') return;
  book.robotAt.set(lockId, now());
  if (made === 'throttled') count('a robot was paused');
}

function countCut({ count }: CheckerParts, box: DoorBox, isInSwap: boolean): void {
  const point = box.cutAt();
  const counted = point && cutAt[point];
  if (counted) count(counted);
  if (point && isInSwap) count('the power failed in a list swap');
}

/** The hour that a clock shows twice: the offset is about to go down, or has just gone. */
function isRepeatedHour(at: number, zoneOffsetAt: (at: number) => string): boolean {
  const isLower = (one: number, other: number): boolean => zoneOffsetAt(one) !== zoneOffsetAt(other);
  return isLower(at, at + hourMs) || isLower(at - hourMs, at);
}

/** Counts what must happen sometimes, as it is seen from outside. */
export function createCounters(parts: CheckerParts, zoneOffsetAt: (at: number) => string) {
  const { count, now, street } = parts;
  const book: Book = { heardAt: new Map(), extendedFrom: new Map(), robotAt: new Map() };

  const change = ({ before, after }: Extract<Observation, { type: 'changed' }>): void => {
    for (const [id, { key }] of after.holdings) {
      const known = before.holdings.get(id)?.key;
      if (known?.until !== undefined && (key.until ?? 0) > known.until)
        book.extendedFrom.set(id, known.until);
      const hasEnded = known && known.state !== key.state && key.state === 'revoked';
      if (!hasEnded) continue;
      const boxes = street.boxes.filter(({ locks }) =>
        locks.some((lock) => key.bindings.some((one) => one.lock === lock.id)),
      );
      for (const box of boxes) {
        const isOnline = street.broker.lineOf(box).isOpen;
        count(isOnline ? 'a revocation reached an online door' : 'a revocation met an offline door');
      }
    }
  };

  return {
    decide: (decided: Decided): void => {
      if (decided.made === 'granted') {
        countGrant(parts, book, decided);
        if (isRepeatedHour(now(), zoneOffsetAt)) count('a door opened in a repeated hour');
      } else countRefusal(parts, book, decided);
    },
    observe: (seen: Observation): void => {
      if (seen.type === 'changed') change(seen);
      if (seen.type !== 'acted') return;
      const { box, cause, isCut } = seen;
      if (cause.kind === 'letter') book.heardAt.set(box, now());
      if (isCut) countCut(parts, box, cause.kind === 'letter' && cause.letter.channel === 'sync');
    },
  };
}
