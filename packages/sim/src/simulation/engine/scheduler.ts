import type { Chance } from '../../oracle/chance.ts';

/** Something that happens at an instant. What is drawn when it is planned decides who of two is first. */
interface Happening {
  readonly at: number;
  readonly tie: number;
  readonly work: () => void | Promise<void>;
}

function isBefore(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.tie < other.tie);
}

/** A binary heap: the earliest happening first. */
function createHeap() {
  const heap: Happening[] = [];
  const at = (place: number): Happening | undefined => heap[place];
  const swap = (one: number, other: number): void => {
    const [first, second] = [at(one), at(other)];
    if (!first || !second) return;
    heap[one] = second;
    heap[other] = first;
  };
  const isOut = (child: number, parent: number): boolean => {
    const [lower, upper] = [at(child), at(parent)];
    return lower !== undefined && upper !== undefined && isBefore(lower, upper);
  };
  const sink = (): void => {
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const lower = isOut(right, left) ? right : left;
      if (!isOut(lower, place)) return;
      swap(lower, place);
      place = lower;
    }
  };
  return {
    push: (happening: Happening): void => {
      heap.push(happening);
      for (let place = heap.length - 1; place > 0;) {
        const parent = (place - 1) >>> 1;
        if (!isOut(place, parent)) return;
        swap(place, parent);
        place = parent;
      }
    },
    pop: (): Happening | undefined => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      sink();
      return first;
    },
    peek: () => heap[0],
  };
}

/**
 * The one thread of a simulated world: a heap of happenings on the true time, in UTC epoch milliseconds.
 * Nothing waits for the machine; a task that waits lies on the heap, and one task runs at a time.
 */
export interface Scheduler {
  readonly now: () => number;
  /** Plans work that ends when it returns. */
  readonly after: (ms: number, work: () => void) => void;
  /** Plans a task: it may wait with `pause`, and for what other tasks of this scheduler settle. */
  readonly spawn: (ms: number, task: () => Promise<void>) => void;
  /** Only within a task. */
  readonly pause: (ms: number) => Promise<void>;
  /** Plays until this instant, or until `isOver` after a step. Throws what a happening throws. */
  readonly play: (until: number, isOver: () => boolean) => Promise<void>;
  readonly steps: () => number;
}

export function createScheduler(chance: Chance, startsAt: number): Scheduler {
  const heap = createHeap();
  let now = startsAt;
  let steps = 0;
  /** Gives control back to the player: the running task waits or is done. */
  let park: (error?: unknown) => void = () => undefined;

  const plan = (ms: number, work: Happening['work']): void => {
    heap.push({ at: now + Math.max(0, ms), tie: chance.below(2 ** 30), work });
  };
  const untilParked = (resume: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      park = (error) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error('a task threw what is no error'));
      };
      resume();
    });

  return {
    now: () => now,
    steps: () => steps,
    after: (ms, work) => {
      plan(ms, () => {
        work();
      });
    },
    spawn: (ms, task) => {
      plan(ms, () =>
        untilParked(() => {
          task().then(
            () => park(),
            (error: unknown) => park(error ?? new Error('a task failed without a word')),
          );
        }),
      );
    },
    pause: (ms) =>
      new Promise((resolve) => {
        plan(ms, () => untilParked(resolve));
        park();
      }),
    play: async (until, isOver) => {
      for (let next = heap.peek(); next !== undefined && next.at <= until; next = heap.peek()) {
        heap.pop();
        now = next.at;
        steps += 1;
        const running = next.work();
        if (running) await running;
        if (isOver()) return;
      }
      now = until;
    },
  };
}
