import { yieldingTypes } from '@claviger/domain';
import { decodeEvent, encodeEvent, type DeviceEvent } from '@claviger/protocol';
import type { StoredEvent, StoreTransaction } from '../ports.ts';
import { readMended, type ReadLog } from './mending.ts';

/** Events that are given up at a time, so that it is not looked for them at each new one. */
const blockSize = 1_000;
/** So many of the oldest are searched for those of little value; then the oldest go, whatever they are. */
const searchLimit = 5_000;
const pageSize = 500;

interface Entry {
  readonly stored: StoredEvent;
  readonly event: DeviceEvent;
}

function mayYield({ event }: Entry): boolean {
  return event.type === 'events_lost' || yieldingTypes.includes(event.type);
}

/** The oldest entries that the server has not stored, at most so many; what is damaged is mended first. */
function oldest(transaction: StoreTransaction, limit: number, log: ReadLog): Entry[] {
  const entries: Entry[] = [];
  let before = log.before;
  while (entries.length < limit) {
    const size = Math.min(pageSize, limit - entries.length);
    const page = readMended(transaction, { ...log, before, limit: size });
    entries.push(...page.map((stored) => ({ stored, event: decodeEvent(stored.encoded) })));
    const last = page.at(-1);
    if (last === undefined) break;
    before = last;
  }
  return entries;
}

/** Neighbours that may go, in runs of at least two: one alone gives no room. */
function runsOf(entries: readonly Entry[], mayGo: (entry: Entry) => boolean): Entry[][] {
  const runs: Entry[][] = [];
  let isRunning = false;
  for (const entry of entries) {
    if (mayGo(entry)) {
      if (isRunning) runs.at(-1)?.push(entry);
      else runs.push([entry]);
    }
    isRunning = mayGo(entry);
  }
  return runs.filter((run) => run.length > 1);
}

function lostThrough({ event }: Entry): number {
  return event.lost?.until ?? event.at;
}

/** One record in the place of a run: how many there were, from when to when, and where the chain goes on. */
function giveUp(transaction: StoreTransaction, run: readonly Entry[]): void {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return;
  const count = run.reduce((sum, { event }) => sum + (event.lost?.count ?? 1), 0);
  const until = Math.max(...run.map(lostThrough));
  const { lock, at, uncertaintyMs, mono, bootNumber } = first.event;
  const encoded = encodeEvent({
    sequence: last.stored.sequence,
    lock,
    type: 'events_lost',
    at,
    uncertaintyMs,
    mono,
    bootNumber,
    lost: { count, until, hash: last.stored.hash },
  });
  transaction.dropEvents(first.stored.sequence, last.stored.sequence);
  transaction.appendEvent({ sequence: last.stored.sequence, encoded, hash: last.stored.hash });
}

/** Takes runs until so many entries are in them, cutting the last one. */
function firstOf(runs: readonly Entry[][], wanted: number): Entry[][] {
  const taken: Entry[][] = [];
  let count = 0;
  for (const run of runs) {
    if (count >= wanted) break;
    taken.push(run.slice(0, Math.max(2, wanted - count)));
    count += run.length;
  }
  return taken;
}

/**
 * Makes room in a log whose events the server has not stored for long: the oldest events of little value give
 * way to records of what is lost. Where there are none among the oldest, the oldest give way whatever they
 * are: the newest events are never refused, and nothing is lost silently.
 */
export function makeRoom(transaction: StoreTransaction, capacity: number, log: ReadLog): void {
  const block = Math.max(2, Math.min(blockSize, Math.floor(capacity / 4)));
  const entries = oldest(transaction, Math.min(searchLimit, capacity), log);
  const routine = firstOf(runsOf(entries, mayYield), block);
  const runs = routine.length > 0 ? routine : [entries.slice(0, block)];
  for (const run of runs) giveUp(transaction, run);
}
