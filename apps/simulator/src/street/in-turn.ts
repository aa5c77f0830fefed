import { Refusal } from '@claviger/protocol';

/**
 * Does one piece of work after the other: each begins when those before it are done, whether they failed or
 * not.
 */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Makes a queue in which at most `limit` pieces of work may wait; one more is refused
 * `temporarily_unavailable`.
 */
export function createQueue(limit: number): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (waiting >= limit) return Promise.reject(new Refusal('temporarily_unavailable'));
    waiting += 1;
    const next = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = next.catch(() => {
      // Who asked for the work hears of its failure; the next in turn begins all the same.
    });
    return next;
  };
}
