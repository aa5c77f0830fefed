import type { AuthorityStore, AuthorityTransaction } from '@claviger/authority';
import type { Chance } from '../../oracle/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';

/** The process that worked on this is gone; its transaction leaves nothing. */
export class ProcessGone extends Error {
  override readonly name = 'ProcessGone';
}

/** The database asks that a transaction be tried again (PostgreSQL 40001). */
class SerializationFailure extends Error {
  override readonly name = 'SerializationFailure';
}

export interface SteppedParts {
  readonly inner: AuthorityStore;
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  /** Counts the starts of the server: a transaction of an earlier one is dead. */
  readonly life: () => number;
  /** Called whenever somebody has waited: the server may die there. */
  readonly strike: () => void;
  /** How often a transaction is slow enough that others, and death, come between its statements. */
  readonly slowShare: number;
  readonly serializationShare: () => number;
  readonly onRetry: () => void;
  readonly onCommitted: (deviceId: string) => void;
}

/** A database that takes its time: between any two statements of a transaction others go on. */
export interface SteppedStore extends AuthorityStore {
  /** Waits until nobody works on these devices, then does this at once, as one transaction. */
  readonly together: (deviceIds: readonly string[], work: () => void) => Promise<void>;
  /** The server died, and its database ended what was open. */
  readonly releaseAll: () => void;
  /** Waits for so long, unless the process is gone by then: throws ProcessGone. */
  readonly live: (ms: number) => Promise<void>;
}

const pollMs = 3;
const statementMs = 12;

type Statement = (...given: never[]) => Promise<unknown>;

/** Each statement waits its turn first. */
function slowed(transaction: AuthorityTransaction, wait: () => Promise<void>): AuthorityTransaction {
  const entries = Object.entries(transaction).map(([name, statement]: [string, Statement]) => [
    name,
    async (...given: never[]) => {
      await wait();
      return statement(...given);
    },
  ]);
  return Object.fromEntries(entries) as AuthorityTransaction;
}

/** Who works on which device just now. */
interface Turns {
  readonly live: (ms: number) => Promise<void>;
  readonly acquire: (deviceIds: readonly string[], holder: object) => Promise<void>;
  readonly release: (deviceIds: readonly string[], holder: object) => void;
  readonly releaseAll: () => void;
}

function createTurns({ scheduler, life, strike }: SteppedParts): Turns {
  const holders = new Map<string, object>();
  const live = async (ms: number): Promise<void> => {
    const mine = life();
    await scheduler.pause(ms);
    if (life() === mine) strike();
    if (life() !== mine) throw new ProcessGone('the server died meanwhile');
  };
  return {
    live,
    acquire: async (deviceIds, holder) => {
      while (deviceIds.some((id) => holders.has(id))) await live(pollMs);
      for (const id of deviceIds) holders.set(id, holder);
    },
    release: (deviceIds, holder) => {
      for (const id of deviceIds) if (holders.get(id) === holder) holders.delete(id);
    },
    releaseAll: () => {
      holders.clear();
    },
  };
}

type Work<Result> = (transaction: AuthorityTransaction) => Promise<Result>;

/** One transaction, slow or not, that is perhaps asked to try again. */
async function transactOnce<Result>(
  { inner, chance, slowShare, serializationShare, onRetry }: SteppedParts,
  live: Turns['live'],
  { deviceId, work }: { readonly deviceId: string; readonly work: Work<Result> },
): Promise<Result> {
  const isSlow = chance.happens(slowShare);
  const isRetried = chance.happens(serializationShare());
  const wait = (): Promise<void> => live(chance.below(statementMs));
  try {
    return await inner.transact(deviceId, async (transaction) => {
      const result = await work(isSlow ? slowed(transaction, wait) : transaction);
      if (isSlow) await wait();
      if (isRetried) throw new SerializationFailure('try again');
      return result;
    });
  } catch (error) {
    if (!(error instanceof SerializationFailure)) throw error;
    onRetry();
    return inner.transact(deviceId, work);
  }
}

export function createSteppedStore(parts: SteppedParts): SteppedStore {
  const { live, acquire, release, releaseAll } = createTurns(parts);
  return {
    live,
    releaseAll,
    together: async (deviceIds, work) => {
      const holder = {};
      await acquire(deviceIds, holder);
      work();
      release(deviceIds, holder);
      for (const id of deviceIds) parts.onCommitted(id);
    },
    transact: async (deviceId, work) => {
      const holder = {};
      await acquire([deviceId], holder);
      try {
        const result = await transactOnce(parts, live, { deviceId, work });
        parts.onCommitted(deviceId);
        return result;
      } finally {
        release([deviceId], holder);
      }
    },
  };
}
