import type { Core } from '../core.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import { keptAtOf, keyRecordsPrefix } from './door-records.ts';

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

/** Forgets what the door remembers of Keys that are gone for good. */
export interface Forgetting {
  readonly tick: () => void;
  readonly nextTickAt: () => number;
}

interface Walk {
  place: number;
  after: string;
  unlisted: number;
  readonly limit: number;
  dueAt: number;
  forgetAfterMs: number;
}

/** Looks at one page of the records of one lock; undefined at its end. */
function forgetPage(core: Core, lists: Pick<ListKeeper, 'of'>, walk: Walk): string | undefined {
  const lock = core.identity.locks[walk.place]?.number ?? 0;
  const prefix = keyRecordsPrefix(lock);
  const { keys } = lists.of(lock).index;
  const oldest = core.time.now().at - walk.forgetAfterMs;
  return core.commit((transaction) => {
    const names = transaction.names(prefix, walk.after, pageSize);
    for (const name of names) {
      const stored = transaction.get(name);
      if (stored === undefined || keys.has(name.slice(prefix.length))) continue;
      walk.unlisted += 1;
      if ((keptAtOf(stored) ?? Infinity) < oldest) transaction.remove(name);
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
export function createForgetting(
  core: Core,
  lists: Pick<ListKeeper, 'of' | 'versions'>,
  limit = unlistedRecordsLimit,
): Forgetting {
  const walk: Walk = {
    place: 0,
    after: '',
    unlisted: 0,
    limit,
    dueAt: core.mono() + walkEveryMs,
    forgetAfterMs: forgottenAfterMs,
  };

  const step = (): void => {
    const next = forgetPage(core, lists, walk);
    walk.after = next ?? '';
    walk.dueAt = core.mono() + pageEveryMs;
    if (next !== undefined) return;
    walk.place += 1;
    if (walk.place >= core.identity.locks.length) beginAgain(walk, core.mono());
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
