import { commandLivesForMs } from '@claviger/domain';

/** What somebody means by pressing **Open Lock**: the Idempotency-Key it is sent with, and since when. */
export interface Intention {
  readonly key: string;
  readonly startedAt: number;
}

/**
 * The intention of a press at `now`. While nobody knows whether the press `before` arrived, another one means
 * the same and opens once; after the life of a command it can only mean a new opening.
 */
export function intentionAt(now: number, before?: Intention): Intention {
  const isSame = before !== undefined && now - before.startedAt < commandLivesForMs;
  return isSame ? before : { key: crypto.randomUUID(), startedAt: now };
}
