import { decide, type Attempt, type Decision, type DoorMemory, type PathMemory } from '@claviger/domain';
import type { Core } from '../core.ts';
import type { Happening } from '../journal/journal.ts';
import { keyBytes } from '../key-names.ts';
import type { DoorList } from '../lists/door-list.ts';
import type { KeptRecord } from '../memory/memory.ts';
import type { StoreTransaction } from '../ports.ts';
import { doorMemoryIn, recordsOfChanges, type Mended, type Place, type ReadRecord } from './door-records.ts';

/** One attempt at one lock, with what the door keeps of it besides the changes of its memory. */
export interface Case {
  readonly lock: number;
  readonly door: DoorList;
  readonly attempt: Attempt;
  readonly tell: (decision: Decision) => readonly Happening[];
  readonly records?: (decision: Decision) => readonly KeptRecord[];
}

/** Reads records as they will be on the disk: what it did not take yet comes first. */
function readerOf(core: Core, transaction: StoreTransaction | undefined): ReadRecord {
  return (name) => core.backlog.held(name) ?? transaction?.get(name);
}

function placeOf({ goneAt }: Core, lock: number, now: number): Place {
  return { lock, now, goneAt };
}

function decideBy({ door, attempt }: Case, memory: DoorMemory, canRecord: boolean): Decision {
  return decide(door.index, memory, { ...attempt, canRecord });
}

function damageTold(lock: number, { damage, of }: Mended): Happening {
  const place = { ...(damage === 'path' && { path: of }), ...(damage === 'key' && { key: keyBytes(of) }) };
  return { lock, type: 'memory_damaged', detail: `damaged_${damage}`, ...place };
}

/** What was found damaged is kept as it was taken, and told: the next attempt finds it whole. */
function mend(
  core: Core,
  transaction: StoreTransaction,
  found: { lock: number; all: Iterable<Mended> },
): void {
  for (const mended of found.all) {
    transaction.put(mended.name, mended.value);
    core.journal.append(transaction, damageTold(found.lock, mended));
  }
}

/** Everything besides events that is kept of a decision. */
function recordsOf({ lock, attempt, records }: Case, decision: Decision): KeptRecord[] {
  return [...(records?.(decision) ?? []), ...recordsOfChanges(lock, decision.changes, attempt.at)];
}

function decideAndKeep(core: Core, asked: Case): Decision {
  const { lock } = asked;
  return core.commit((transaction) => {
    const found = new Map<string, Mended>();
    const place = placeOf(core, lock, asked.attempt.at);
    const memory = doorMemoryIn(readerOf(core, transaction), place, (mended) => {
      found.set(mended.name, mended);
    });
    const decision = decideBy(asked, memory, true);
    mend(core, transaction, { lock, all: found.values() });
    for (const { name, value } of recordsOf(asked, decision)) transaction.put(name, value);
    for (const happening of asked.tell(decision)) core.journal.append(transaction, happening);
    return decision;
  });
}

/** The same where nothing can be written; the memory is what can still be read. */
function decideUnkept(core: Core, asked: Case): Decision {
  const place = placeOf(core, asked.lock, asked.attempt.at);
  const decideUnder = (transaction?: StoreTransaction): Decision =>
    decideBy(asked, doorMemoryIn(readerOf(core, transaction), place), false);
  try {
    return core.store.transact(decideUnder);
  } catch {
    return decideUnder();
  }
}

const unrecordable: Decision = {
  outcome: 'denied',
  reason: 'cannot_be_recorded',
  silentAlarm: false,
  changes: [],
};

function keepInMemory(core: Core, asked: Case, decision: Decision): Decision {
  const isHeld = core.backlog.hold(recordsOf(asked, decision));
  const held = isHeld || decision.outcome === 'denied' ? decision : unrecordable;
  core.backlog.addEvents(asked.tell(held));
  return held;
}

/**
 * Decides an attempt and keeps decision, memory and events in one transaction, before anything moves. If
 * that fails it decides again as what cannot be recorded (SEMANTICS U6), and holds wrong tries and events in
 * memory until the disk takes them.
 */
export function judge(core: Core, asked: Case): Decision {
  try {
    return decideAndKeep(core, asked);
  } catch (error) {
    core.diary.note('error', `an attempt cannot be recorded: ${String(error)}`);
  }
  return keepInMemory(core, asked, decideUnkept(core, asked));
}

/** What the lock remembers just now of one reader path; undefined where it cannot be read. */
export function recallPath(
  core: Core,
  lock: number,
  { path, at }: { readonly path: string; readonly at: number },
) {
  const recalled = (transaction?: StoreTransaction): PathMemory | undefined =>
    doorMemoryIn(readerOf(core, transaction), placeOf(core, lock, at)).paths.get(path);
  try {
    return core.store.transact(recalled);
  } catch {
    return recalled();
  }
}
