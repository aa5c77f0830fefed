import { qrKeyTag } from '@claviger/protocol';
import { countWrongTry, isPaused, pathAt, stepOf, type Memory, type Path } from '../../oracle/memory.ts';
import type { KeptEvent } from '../street/observation.ts';

/** What one decision leaves behind at its lock, as its event and the attempt tell. */
export interface Trace {
  readonly event: Pick<KeptEvent, 'type' | 'reason' | 'at' | 'path'>;
  /** The Key, as the event names it. */
  readonly key: string | undefined;
  readonly isFirstPerson: boolean;
  /** An instant in the step of a moving QR. */
  readonly shownAt: number | undefined;
}

/** A memory of a lock that is kept by events alone. */
export type Remembered = Memory;

const emptyMemory = (): Memory => ({
  uses: new Map(),
  paths: new Map(),
  lastGrants: new Map(),
  shownSteps: new Set(),
  buttonCounters: new Map(),
  firstPersonAt: undefined,
  commandOpenedAt: undefined,
});

/** An event names a Key by its UUID, or by the tag of a QR's Key that the list did not know. */
export function nameOfKey(key: Uint8Array | undefined): string | undefined {
  return key && Buffer.from(key.length === 8 ? key : key.slice(-8)).toString('hex');
}

export function tagOf(keyId: string): string {
  return Buffer.from(qrKeyTag(keyId)).toString('hex');
}

const wrongTries = ['malformed', 'unknown_credential', 'bad_signature'];

/** How the memory names the picture of a Key in a step. */
export const shownName = (key: string, step: number): string => `${key} ${step}`;

/** No pause is longer. */
const longestPauseMs = 15 * 60_000;

/** What a clock that was set back has left in the future counts as over (decision record 0015). */
export function possiblePath({ wrongTries, forgivenAt, pausedUntil }: Path, at: number): Path {
  const isPossible = pausedUntil <= at + longestPauseMs;
  return {
    wrongTries,
    forgivenAt: Math.min(forgivenAt, at),
    pausedUntil: isPossible ? pausedUntil : -Infinity,
  };
}

function remember(memory: Memory, { event, key, isFirstPerson, shownAt }: Trace): void {
  const { type, reason = '', at, path = '' } = event;
  if (type === 'key_accepted' && key !== undefined) {
    memory.uses.set(key, (memory.uses.get(key) ?? 0) + 1);
    memory.lastGrants.set(key, { side: 'entry', at });
    if (shownAt !== undefined) memory.shownSteps.add(shownName(key, stepOf(shownAt)));
    if (isFirstPerson) memory.firstPersonAt = at;
  } else if (type === 'key_accepted') {
    memory.commandOpenedAt = at;
  } else if (wrongTries.includes(reason)) {
    const before = memory.paths.get(path);
    if (before) memory.paths.set(path, possiblePath(before, at));
    const tried = pathAt(memory, { method: 'pin', path }, at);
    if (!isPaused(tried, at)) countWrongTry(tried, at);
  }
}

/** The memory that one lock must have, along one lineage of its disk. */
export interface MemoryBook {
  readonly memory: () => Memory;
  readonly keep: (trace: Trace) => void;
  readonly image: () => void;
  readonly restore: () => void;
}

/** Only what is on the disk counts: the books of a box that lost its power are what its disk has. */
export function createMemoryBook(): MemoryBook {
  let traces: Trace[] = [];
  let imaged: readonly Trace[] = [];
  let memory = emptyMemory();
  return {
    memory: () => memory,
    keep: (trace) => {
      traces.push(trace);
      remember(memory, trace);
    },
    image: () => {
      imaged = [...traces];
    },
    restore: () => {
      traces = [...imaged];
      memory = emptyMemory();
      for (const trace of traces) remember(memory, trace);
    },
  };
}
