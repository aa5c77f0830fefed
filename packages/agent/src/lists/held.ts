import { areEqual, type ChangedList, type ListHeadMessage, hexText } from '@claviger/protocol';
import type { ListFault } from '@claviger/domain';
import type { Core } from '../core.ts';
import { compareVersions, doorListOf, noDoorList, type DoorList, type ListVersion } from './door-list.ts';
import { loadList, newestOf, type StoredHead, type StoredList } from './stored-list.ts';

/** Refused heads that each lock remembers, so that each is recorded once; of more none is recorded. */
const refusedHeadsLimit = 32;

/** What a box holds of the list of one lock. */
export interface Held {
  condition: StoredList['condition'];
  /** What the server has named current in this boot; a lock that has lost its version goes by it alone. */
  named: ListVersion | undefined;
  head: StoredHead | undefined;
  list: ChangedList | undefined;
  door: DoorList;
  confirmedAt: number;
  confirmedWrittenAt: number;
  readonly refused: Set<string>;
}

/** What is known of the version of a list that cannot be read. */
function versionOf({ head }: StoredList): ListVersion | undefined {
  return head && newestOf(head);
}

export function loadHeld(core: Core, lock: number, isInDoubt: boolean): Held {
  const stored = loadList(core, lock);
  const { condition, list, confirmedAt } = stored;
  // Deltas say of it how much later they were signed.
  if (list) core.time.witness(list.list().rules.signedAt);
  const door = list ? doorListOf(list.list(), isInDoubt) : noDoorList;
  // Told by every boot that finds it so.
  if (condition !== 'whole')
    core.keep([{ lock, type: 'list_refused', list: versionOf(stored), detail: 'list_damaged' }]);
  return { ...stored, door, named: undefined, confirmedWrittenAt: confirmedAt, refused: new Set() };
}

export type Age = 'newer' | 'held' | 'unnamed' | 'rollback';

/**
 * Of a lock that cannot read its list. Where the version is lost, no list is taken before the server has
 * named one in this boot, and none older than that. Where only the list is damaged, its hash may be what is:
 * another one of the same version is taken at the server's word alone.
 */
function ageOfUnread({ condition, named, head: stored }: Held, head: ListHeadMessage): Age {
  const isNamed = named !== undefined && compareVersions(head.list, named) >= 0;
  if (condition === 'lost' || stored === undefined) {
    if (named === undefined) return 'unnamed';
    return isNamed ? 'newer' : 'rollback';
  }
  const order = compareVersions(head.list, newestOf(stored));
  if (order !== 0) return order > 0 ? 'newer' : 'rollback';
  return isNamed || areEqual(head.hash, stored.hash) ? 'newer' : 'unnamed';
}

/** Whether a list is news, already held, older than what this lock has had, or nobody knows that yet. */
export function ageOf(held: Held, head: ListHeadMessage): Age {
  const { condition, head: newest } = held;
  if (condition !== 'whole') return ageOfUnread(held, head);
  if (newest === undefined) return 'newer';
  if (compareVersions(head.list, newestOf(newest)) > 0) return 'newer';
  // The whole list that deltas have changed since: a letter that came twice.
  const isBelow = compareVersions(head.list, newest) === 0 && areEqual(head.hash, newest.hash);
  return isBelow ? 'held' : 'rollback';
}

/** Tells once that a list is refused; the one that is held stays. */
export function refuse(
  core: Core,
  held: Held,
  { head, cause }: { head: Pick<ListHeadMessage, 'hash' | 'lock' | 'list'>; cause: ListFault },
): void {
  const name = hexText(head.hash);
  if (held.refused.has(name) || held.refused.size >= refusedHeadsLimit) return;
  held.refused.add(name);
  core.diary.note('warn', `an access list for lock ${head.lock} is refused: ${cause}`);
  core.keep([{ lock: head.lock, type: 'list_refused', list: head.list, detail: `list_${cause}` }]);
}
