import type { Pool, PoolClient } from 'pg';
import { growingPauseMs, pauseUntil } from '../database/connection/pause.ts';
import { findDead, giveBack, holdLife } from './store.ts';

/** How often a worker looks for dead ones. What is found dead by two looks in turn is dead. */
const lookEveryMs = 5_000;
/** Pauses before a lost life is held again: far shorter than two looks, so that nobody is robbed. */
const againAfter = { firstMs: 250, longestMs: 1_000 };

export interface LifeOptions {
  readonly pool: Pool;
  readonly onNote: (level: 'debug' | 'warn', text: string) => void;
  /** Left out, five seconds. */
  readonly lookEveryMs?: number | undefined;
}

/**
 * That a worker lives, known to all processes on this database by a lock that lasts as long as a connection
 * of its own: PostgreSQL ends it with the process, however that ended, and not while the process only hangs.
 * What a dead worker had taken is given back by the others, within about two looks.
 *
 * A process whose connection is lost goes on with the jobs that it has, takes no other, and holds its life
 * again by a new connection. Only one that finds none for as long as two looks loses its jobs to others:
 * these then run twice, as every job can.
 */
export interface Life {
  /** Begins to hold it, under the name by which the worker takes jobs. */
  readonly begin: (worker: string) => void;
  /** Undefined while it is held; else resolves as soon as it is, or is to end. */
  readonly awaited: () => Promise<undefined> | undefined;
  /** No further job is taken: nobody is to wait for it. */
  readonly expectEnd: () => void;
  /** Ends it, when nothing is under way any more. Never rejects. */
  readonly end: () => Promise<void>;
}

interface Watch extends LifeOptions {
  readonly worker: string;
  /** The worker ends, or its connection is lost. */
  readonly over: AbortSignal;
}

/** Gives back what dead workers had taken, look by look, until the watch is over or a statement fails. */
async function lookAround(client: PoolClient, watch: Watch): Promise<void> {
  let suspects: readonly string[] = [];
  while (!watch.over.aborted) {
    const dead = await findDead(client, watch.worker);
    const certain = dead.filter((worker) => suspects.includes(worker));
    if (certain.length > 0) {
      await giveBack(client, certain);
      watch.onNote('warn', `what dead workers had taken is given back: ${certain.join(', ')}`);
    }
    suspects = dead;
    await pauseUntil(watch.lookEveryMs ?? lookEveryMs, watch.over);
  }
}

/** Holds the life by one connection, from its making to its loss. Rejects with what the loss was. */
async function holdOnce(watch: Watch, onHeld: () => void): Promise<void> {
  const client = await watch.pool.connect();
  const lost = new AbortController();
  client.on('error', (error) => {
    lost.abort(error);
  });
  client.on('end', () => {
    lost.abort(new Error('the connection was closed'));
  });
  try {
    await holdLife(client, watch.worker);
    onHeld();
    await lookAround(client, { ...watch, over: AbortSignal.any([watch.over, lost.signal]) });
    lost.signal.throwIfAborted();
  } finally {
    // Not to be used for anything else: with it the lock ends.
    client.release(true);
  }
}

async function keepHolding(watch: Watch, setHeld: (isHeld: boolean) => void): Promise<void> {
  for (let failures = 0; !watch.over.aborted; failures += 1) {
    try {
      await holdOnce(watch, () => {
        setHeld(true);
        failures = 0;
      });
    } catch (error) {
      if (failures === 0)
        watch.onNote('warn', `no connection shows that this worker lives: ${String(error)}`);
    }
    setHeld(false);
    await pauseUntil(growingPauseMs(failures, againAfter), watch.over);
  }
}

/** Nothing is held before `begin`. */
export function createLife(options: LifeOptions): Life {
  const over = new AbortController();
  let isHeld = false;
  let isEnding = false;
  let change = Promise.withResolvers<undefined>();
  const tell = (): void => {
    change.resolve(undefined);
    change = Promise.withResolvers();
  };
  let kept: Promise<void> | undefined;
  return {
    begin: (worker) => {
      kept = keepHolding({ ...options, worker, over: over.signal }, (held) => {
        isHeld = held;
        if (held) tell();
      });
    },
    awaited: () => (isHeld || isEnding ? undefined : change.promise),
    expectEnd: () => {
      isEnding = true;
      tell();
    },
    end: async () => {
      over.abort();
      await kept;
    },
  };
}
