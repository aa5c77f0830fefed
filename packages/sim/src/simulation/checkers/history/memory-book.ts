import { qrKeyTag, type RecoveryMessage } from '@claviger/protocol';
import { countWrongTry, isPaused, pathAt, stepOf, type Memory, type Path } from '../../../oracle/memory.ts';
import type { KeptEvent } from '../../street/observation.ts';

/** What one decision leaves behind at its lock, as its event and the attempt tell. */
export interface Trace {
  readonly event: Pick<KeptEvent, 'type' | 'reason' | 'at' | 'path'>;
  /** The Key, as the event names it. */
  readonly key: string | undefined;
  readonly isFirstPerson: boolean;
  /** An instant in the step of a moving QR. */
  readonly shownAt: number | undefined;
}

/** What a recovery has raised at a lock, with everything that it says of other locks, too. */
export interface Raised extends Pick<RecoveryMessage, 'keys' | 'paths'> {
  readonly lock: number;
  /** The box was in doubt by what was gone here: the records that are there are right. */
  readonly isOwn: boolean;
}

/** A record of a Key or a path that was found damaged, and when: nothing of it is known (record 0032). */
export interface Harmed {
  readonly harmed: { readonly key: string } | { readonly path: string };
  readonly at: number;
}

/** A pause as the door tells it, whose own count goes before what is known of it: a record is gone. */
export interface OwnPause {
  readonly paused: { readonly path: string; readonly wrongTries: number; readonly until: number };
  readonly at: number;
}

export function ownPauseOf({ at, path = '', detail = '' }: KeptEvent): OwnPause {
  const [wrongTries = 0, pauseS = 0] = detail.split(' ').slice(1).map(Number);
  return { paused: { path, wrongTries, until: at + pauseS * 1_000 }, at };
}

/** A record of a Key that is gone. */
export interface Vanished {
  readonly vanished: string;
}

/** A memory of a lock that is kept by events, and by what was given back. */
export interface Remembered extends Memory {
  /** Keys whose uses nobody knows. */
  readonly doubtful: Set<string>;
}

const emptyMemory = (): Remembered => ({
  doubtful: new Set(),
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

/** A wrong try; one in a pause leaves nothing. */
function rememberTry(memory: Memory, path: string, at: number): void {
  const before = memory.paths.get(path);
  const paths = new Map(before && [[path, possiblePath(before, at)]]);
  const tried = pathAt({ ...memory, paths }, { method: 'pin', path }, at);
  if (isPaused(tried, at)) return;
  countWrongTry(tried, at);
  memory.paths.set(path, tried);
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
    rememberTry(memory, path, at);
  }
}

/** Whether there is a record of this Key, and nothing has harmed it. */
function isWhole({ uses, doubtful }: Remembered, key: string): boolean {
  return uses.has(key) && !doubtful.has(key);
}

/** Nothing becomes less (decision record 0019). */
function raise(memory: Remembered, { lock, keys, paths, isOwn }: Raised): void {
  for (const { key, spent, qrAt, isUnsure } of keys.filter((given) => given.lock === lock)) {
    const name = nameOfKey(key) ?? '';
    const isDoubtful = isUnsure === true && !(isOwn && isWhole(memory, name));
    memory.doubtful[isDoubtful ? 'add' : 'delete'](name);
    memory.uses.set(name, Math.max(memory.uses.get(name) ?? 0, spent));
    const steps = qrAt === undefined ? [] : [-1, 0, 1].map((away) => stepOf(qrAt) + away);
    for (const step of steps) memory.shownSteps.add(shownName(name, step));
  }
  for (const { path, wrongTries, forgivenAt, pausedUntil } of paths.filter((given) => given.lock === lock)) {
    const known = memory.paths.get(path) ?? { wrongTries: 0, forgivenAt: 0, pausedUntil: -Infinity };
    memory.paths.set(path, {
      wrongTries: Math.max(known.wrongTries, wrongTries),
      forgivenAt: Math.max(known.forgivenAt, forgivenAt),
      pausedUntil: Math.max(known.pausedUntil, pausedUntil ?? -Infinity),
    });
  }
}

/** So many wrong tries have led to the longest pause. */
const triesOfLongestPause = 11;

/** As little as can be is granted on what is not known. */
function forget(memory: Remembered, { harmed, at }: Harmed): void {
  if ('path' in harmed) {
    const pausedUntil = at + longestPauseMs;
    memory.paths.set(harmed.path, { wrongTries: triesOfLongestPause, forgivenAt: at, pausedUntil });
    return;
  }
  const { key } = harmed;
  memory.doubtful.add(key);
  memory.uses.set(key, 0);
  // It may have been let in just now, and at either side; nobody here tries at the other one.
  memory.lastGrants.set(key, { side: 'entry', at });
  for (const away of [-1, 0, 1]) memory.shownSteps.add(shownName(key, stepOf(at) + away));
}

/** One is forgiven after so long. */
const forgivenEveryMs = 15 * 60_000;

/** As strict as the door at least is: when it forgives the next one is not known. */
function followPause(memory: Remembered, { paused, at }: OwnPause): void {
  const { path, wrongTries, until } = paused;
  if (wrongTries <= (memory.paths.get(path)?.wrongTries ?? 0)) return;
  memory.paths.set(path, { wrongTries, forgivenAt: at - forgivenEveryMs, pausedUntil: until });
}

type Left = Trace | Raised | Harmed | Vanished | OwnPause;

function leave(memory: Remembered, trace: Left): void {
  if ('event' in trace) remember(memory, trace);
  else if ('harmed' in trace) forget(memory, trace);
  else if ('paused' in trace) followPause(memory, trace);
  else if ('vanished' in trace) memory.uses.delete(trace.vanished);
  else raise(memory, trace);
}

/** The memory that one lock must have, along one lineage of its disk. */
export interface MemoryBook {
  readonly memory: () => Remembered;
  readonly keep: (trace: Left) => void;
  readonly image: () => void;
  readonly restore: () => void;
}

/** Only what is on the disk counts: the books of a box that lost its power are what its disk has. */
export function createMemoryBook(): MemoryBook {
  let traces: Left[] = [];
  let imaged: typeof traces = [];
  let memory = emptyMemory();
  return {
    memory: () => memory,
    keep: (trace) => {
      traces.push(trace);
      leave(memory, trace);
    },
    image: () => {
      imaged = [...traces];
    },
    restore: () => {
      [traces, imaged] = [imaged, traces];
      memory = emptyMemory();
      for (const trace of traces) leave(memory, trace);
    },
  };
}
