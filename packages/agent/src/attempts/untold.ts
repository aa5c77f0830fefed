import { detailOf, type PlainDetail } from '@claviger/domain';
import {
  at,
  bytes,
  CborFault,
  decodeEvent,
  encodeEvent,
  eventSizeLimit,
  integer,
  list,
  maybe,
  record,
  text,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import type { Happening, Stamp } from '../journal/journal.ts';
import { recallWhole, recordOf, type KeptRecord, type Memory } from '../memory/memory.ts';
import type { StoreTransaction } from '../ports.ts';

/** Refusals that have no event of their own: how many, and the instants of the first and the last. */
export interface Gathered {
  readonly count: number;
  readonly from: number;
  readonly until: number;
  /** Of the last. */
  readonly uncertaintyMs: number;
}

/** Those of one reader path. */
export interface GatheredRefusals extends Gathered {
  readonly lock: number;
  readonly path: string;
}

/** More reader paths than a box has. */
const pathsLimit = 1_000;

/** What is gathered and not told yet: none of another ownership is ever told. */
export const gatheredMemory: Memory<{
  readonly ownershipEpoch: number;
  readonly gathered: readonly GatheredRefusals[];
}> = {
  name: 'gathered',
  form: record({
    ownershipEpoch: at(1, integer()),
    gathered: at(
      2,
      list(
        record({
          lock: at(1, integer()),
          path: at(2, text(32)),
          count: at(3, integer(1)),
          from: at(4, integer()),
          until: at(5, integer()),
          uncertaintyMs: at(6, integer()),
        }),
        pathsLimit,
      ),
    ),
  }),
  initial: { ownershipEpoch: 0, gathered: [] },
};

/** Refusals of one reader path as the one event that tells of them, with the instant of the last. */
export function gatheredEvent(
  { lock, path, count, from, until, uncertaintyMs }: GatheredRefusals,
  told: { readonly as: 'refused_from' | 'refused_at_least'; readonly mono: number },
): Happening {
  const detail = detailOf(told.as, count, from, until);
  const when = { at: until, uncertaintyMs, mono: Math.floor(told.mono) };
  return { lock, type: 'refusals_gathered', path, detail, when };
}

interface WaitingMemory {
  readonly ownershipEpoch: number;
  /** The event that tells of it if the box ends before it is answered; not given: nobody waits. */
  readonly refusal?: Uint8Array | undefined;
}

/** The first factor that waits for a second one at a lock. */
function waitingMemory(lock: number): Memory<WaitingMemory> {
  return {
    name: `waiting/${lock}`,
    form: record({ ownershipEpoch: at(1, integer()), refusal: maybe(2, bytes(1, eventSizeLimit)) }),
    initial: { ownershipEpoch: 0 },
  };
}

/** Says of a first factor, before it waits, that it was refused because the box ended. */
export function recordOfWaiting(
  { ownershipEpoch, bootNumber }: Core,
  refusal: Happening,
  when: Stamp,
): KeptRecord {
  const detail: PlainDetail = 'ended_waiting';
  // It has its place in the log when it is told.
  const encoded = encodeEvent({ ...refusal, detail, ...when, sequence: 1, bootNumber });
  return recordOf(waitingMemory(refusal.lock), { ownershipEpoch, refusal: encoded });
}

/** Says that at this lock nobody waits any more. */
export function recordOfNobody({ ownershipEpoch }: Core, lock: number): KeptRecord {
  return recordOf(waitingMemory(lock), { ownershipEpoch });
}

/** What is told of records, and what they are from then on. */
interface Told {
  readonly happenings: readonly Happening[];
  readonly records: readonly KeptRecord[];
}

const nothingUntold: Told = { happenings: [], records: [] };

function damaged(lock: number, of: 'gathered' | 'waiting', instead: KeptRecord): Told {
  return { happenings: [{ lock, type: 'memory_damaged', detail: `damaged_${of}` }], records: [instead] };
}

/** What was gathered when the box ended; of the last second nobody counted more. */
function gatheredIn(
  transaction: StoreTransaction,
  { identity, ownershipEpoch, firstLock, mono }: Core,
): Told {
  const none = recordOf(gatheredMemory, { ownershipEpoch, gathered: [] });
  const kept = recallWhole(transaction, gatheredMemory);
  if (kept === undefined) return damaged(firstLock, 'gathered', none);
  const numbers = identity.locks.map(({ number }) => number);
  const ours = kept.ownershipEpoch === ownershipEpoch ? kept.gathered : [];
  const told = ours.filter(({ lock }) => numbers.includes(lock));
  if (told.length === 0) return nothingUntold;
  const as = { as: 'refused_at_least', mono: mono() } as const;
  return { happenings: told.map((each) => gatheredEvent(each, as)), records: [none] };
}

function readRefusal(encoded: Uint8Array): ReturnType<typeof decodeEvent> | undefined {
  try {
    return decodeEvent(encoded);
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** The first factor that waited at a lock when the box ended, as refused when it was shown. */
function waitingIn(transaction: StoreTransaction, core: Core, lock: number): Told {
  const kept = recallWhole(transaction, waitingMemory(lock));
  const nobody = recordOfNobody(core, lock);
  if (kept === undefined) return damaged(lock, 'waiting', nobody);
  if (kept.refusal === undefined || kept.ownershipEpoch !== core.ownershipEpoch) return nothingUntold;
  const refusal = readRefusal(kept.refusal);
  if (refusal === undefined) return damaged(lock, 'waiting', nobody);
  const { at: shownAt, uncertaintyMs } = refusal;
  const when = { at: shownAt, uncertaintyMs, mono: Math.floor(core.mono()) };
  return { happenings: [{ ...refusal, lock, when }], records: [nobody] };
}

/**
 * Tells what the boot before this one knew and had not told when it ended: refusals that it had gathered, and
 * first factors that waited. Once: the events and the end of what they tell of are one transaction. On a disk
 * that takes nothing they wait with everything else (decision record 0044). Throws what the store throws.
 */
export function tellUntold(core: Core): void {
  const untold = core.store.transact((transaction) => [
    gatheredIn(transaction, core),
    ...core.identity.locks.map(({ number }) => waitingIn(transaction, core, number)),
  ]);
  const records = untold.flatMap((told) => told.records);
  if (records.length === 0) return;
  core.keep(
    untold.flatMap(({ happenings }) => happenings),
    records,
  );
}
