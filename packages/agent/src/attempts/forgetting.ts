import type { Core } from '../core.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import { isPathAtRest, keptAtOf } from './door-records.ts';
import { keyRecordsPrefix, pathRecordsPrefix } from './record-forms.ts';

/** A Key that left the list may come back with its uses spent; its record is kept for so long at least. */
export const forgottenAfterMs = 400 * 24 * 60 * 60_000;
/** Revoked and expired Keys stay on the list for 30 days (SEMANTICS C13); never less than that is kept. */
const shortestAfterMs = 31 * 24 * 60 * 60_000;
/** With more records of Keys that are on no list, the time after which they are forgotten is halved. */
export const unlistedRecordsLimit = 50_000;

/** How often the records of a box are looked through, and how many in one go. */
const walkEveryMs = 24 * 60 * 60_000;
const pageSize = 500;
const pageEveryMs = 1_000;

/** Forgets what the door remembers of Keys that are gone for good, and paths whose throttle has run out. */
export interface Forgetting {
  readonly tick: () => void;
  readonly nextTickAt: () => number;
}

interface Walk {
  /** Which shelf of which lock is looked through, counted over all of them. */
  place: number;
  after: string;
  unlisted: number;
  readonly limit: number;
  dueAt: number;
  forgetAfterMs: number;
}

/** The records of one lock that have one prefix, and which of them may go. */
interface Shelf {
  readonly prefix: string;
  readonly isForgettable: (name: string, stored: Uint8Array) => boolean;
}

type Lists = Pick<ListKeeper, 'of' | 'versions'>;

function keyShelf(core: Core, lists: Lists, { lock, walk }: { lock: number; walk: Walk }): Shelf {
  const { keys } = lists.of(lock).index;
  const oldest = core.time.now().at - walk.forgetAfterMs;
  return {
    prefix: keyRecordsPrefix(lock),
    isForgettable: (name, stored) => {
      if (keys.has(name)) return false;
      walk.unlisted += 1;
      return (keptAtOf(stored) ?? Infinity) < oldest;
    },
  };
}

/** Each link has a path of its own: without this, every wrong one would be kept for ever. */
function pathShelf(core: Core, lock: number): Shelf {
  const now = core.time.now().at;
  return { prefix: pathRecordsPrefix(lock), isForgettable: (_name, stored) => isPathAtRest(stored, now) };
}

const shelvesOfLock = 2;

function shelfAt(core: Core, lists: Lists, walk: Walk): Shelf {
  const lock = core.identity.locks[Math.floor(walk.place / shelvesOfLock)]?.number ?? 0;
  return walk.place % shelvesOfLock === 0 ? keyShelf(core, lists, { lock, walk }) : pathShelf(core, lock);
}

/** Looks at one page of a shelf; undefined at its end. */
function forgetPage(core: Core, { prefix, isForgettable }: Shelf, after: string): string | undefined {
  return core.commit((transaction) => {
    const names = transaction.names(prefix, after, pageSize);
    for (const name of names) {
      const stored = transaction.get(name);
      if (stored && isForgettable(name.slice(prefix.length), stored)) transaction.remove(name);
    }
    return names.length < pageSize ? undefined : names.at(-1);
  });
}

function beginAgain(walk: Walk, now: number): void {
  const isCrowded = walk.unlisted > walk.limit;
  walk.forgetAfterMs = isCrowded ? Math.max(shortestAfterMs, walk.forgetAfterMs / 2) : forgottenAfterMs;
  Object.assign(walk, { place: 0, after: '', unlisted: 0, dueAt: now + walkEveryMs });
}

/** Only with the server's time, and never a record of a Key that is on the list. */
export function createForgetting(core: Core, lists: Lists, limit = unlistedRecordsLimit): Forgetting {
  const walk: Walk = {
    place: 0,
    after: '',
    unlisted: 0,
    limit,
    dueAt: core.mono() + walkEveryMs,
    forgetAfterMs: forgottenAfterMs,
  };

  const step = (): void => {
    const next = forgetPage(core, shelfAt(core, lists, walk), walk.after);
    walk.after = next ?? '';
    walk.dueAt = core.mono() + pageEveryMs;
    if (next !== undefined) return;
    walk.place += 1;
    if (walk.place >= core.identity.locks.length * shelvesOfLock) beginAgain(walk, core.mono());
  };

  return {
    nextTickAt: () => walk.dueAt,
    tick: () => {
      if (core.mono() < walk.dueAt) return;
      try {
        // A lock without its list does not know which Keys are gone.
        const isReady = core.time.isSynced() && lists.versions().length === core.identity.locks.length;
        if (isReady) step();
        else beginAgain(walk, core.mono());
      } catch (error) {
        core.diary.note('warn', `old records cannot be removed: ${String(error)}`);
        beginAgain(walk, core.mono());
      }
    },
  };
}
