import type { Decision } from '@claviger/domain';
import type { Core } from '../core.ts';
import type { Happening } from '../journal/journal.ts';
import { recordOf } from '../memory/memory.ts';
import { gatheredEvent, gatheredMemory, type Gathered } from './untold.ts';

/** So many refusals of one reader path have an event of their own within a minute; of more, their number. */
const refusalsPerMinute = 30;
const minuteMs = 60_000;
/** What is gathered is written at most so often: a power cut takes the count of the last second at most. */
const gatheredKeptEveryMs = 1_000;

interface ReaderPath {
  readonly lock: number;
  readonly path: string;
}

interface Minute extends ReaderPath {
  readonly startedAt: number;
  told: number;
  gathered: Gathered | undefined;
  /** When the last one was gathered. */
  gatheredAt: number;
}

/** The instant of an attempt, and how far off it may be. */
type When = Pick<Gathered, 'uncertaintyMs'> & { readonly at: number };

function isAlwaysTold({ outcome, silentAlarm, changes }: Decision): boolean {
  return outcome === 'granted' || silentAlarm || changes.length > 0;
}

/** Keeps a card that lies before its reader, or a robot in a pause, from wearing out the disk of a door. */
export interface RefusalMeter {
  /** Whether this decision is told for itself. Grants, alarms and wrong tries always are. */
  readonly isTold: (place: ReaderPath, decision: Decision) => boolean;
  /** This decision stands: it counts, once, also where it was made again for a disk that took nothing. */
  readonly count: (place: ReaderPath, decision: Decision, when: When) => void;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
  /** Tells what is gathered now: the box is about to end. */
  readonly finish: () => void;
}

function withOneMore(gathered: Gathered | undefined, { at, uncertaintyMs }: When): Gathered {
  const { count = 0, from = at, until = at } = gathered ?? {};
  // A clock that is set meanwhile turns no span around.
  return { count: count + 1, from: Math.min(from, at), until: Math.max(until, at), uncertaintyMs };
}

/** What is gathered, and how much of it is on the disk. */
interface Meter {
  readonly core: Pick<Core, 'mono' | 'keep' | 'ownershipEpoch'>;
  readonly minutes: Map<string, Minute>;
  keptAt: number;
  isKept: boolean;
}

function nameOf({ lock, path }: ReaderPath): string {
  return `${lock} ${path}`;
}

/** Keeps these events, and with them what is gathered and not told by them. */
function keep(meter: Meter, happenings: readonly Happening[]): void {
  const { core, minutes } = meter;
  const all = [...minutes.values()].flatMap(({ lock, path, gathered }) =>
    gathered ? [{ lock, path, ...gathered }] : [],
  );
  const kept = { ownershipEpoch: core.ownershipEpoch, gathered: all };
  core.keep(happenings, [recordOf(gatheredMemory, kept)]);
  Object.assign(meter, { keptAt: core.mono(), isKept: true });
}

function isKeepingDue({ core, keptAt, isKept }: Meter): boolean {
  return !isKept && core.mono() >= keptAt + gatheredKeptEveryMs;
}

function end(meter: Meter, isOver: (minute: Minute) => boolean): void {
  const { minutes } = meter;
  const over = [...minutes.values()].filter(isOver);
  for (const minute of over) minutes.delete(nameOf(minute));
  const events = over.flatMap(({ lock, path, gathered, gatheredAt }) =>
    gathered ? [gatheredEvent({ lock, path, ...gathered }, { as: 'refused_from', mono: gatheredAt })] : [],
  );
  if (events.length > 0) keep(meter, events);
}

function count(meter: Meter, { lock, path }: ReaderPath, when: When): void {
  const { core, minutes } = meter;
  const name = nameOf({ lock, path });
  const now = core.mono();
  const fresh: Minute = { lock, path, startedAt: now, told: 0, gathered: undefined, gatheredAt: now };
  const minute = minutes.get(name) ?? fresh;
  minutes.set(name, minute);
  if (minute.told < refusalsPerMinute) {
    minute.told += 1;
    return;
  }
  minute.gathered = withOneMore(minute.gathered, when);
  minute.gatheredAt = now;
  meter.isKept = false;
  if (isKeepingDue(meter)) keep(meter, []);
}

/** What it gathers is kept on the disk too, and told by the next start if the power fails (record 0044). */
export function createRefusalMeter(core: Meter['core']): RefusalMeter {
  const meter: Meter = { core, minutes: new Map(), keptAt: -Infinity, isKept: true };
  const { minutes } = meter;
  return {
    isTold: (place, decision) =>
      isAlwaysTold(decision) || (minutes.get(nameOf(place))?.told ?? 0) < refusalsPerMinute,
    count: (place, decision, when) => {
      if (!isAlwaysTold(decision)) count(meter, place, when);
    },
    tick: () => {
      end(meter, ({ startedAt }) => core.mono() >= startedAt + minuteMs);
      if (isKeepingDue(meter)) keep(meter, []);
    },
    nextTickAt: () => {
      const ends = [...minutes.values()].map(({ startedAt }) => startedAt + minuteMs);
      const due = meter.isKept ? ends : [...ends, meter.keptAt + gatheredKeptEveryMs];
      return due.length === 0 ? undefined : Math.min(...due);
    },
    finish: () => {
      end(meter, () => true);
    },
  };
}
