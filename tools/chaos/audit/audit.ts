/** One thing that was shown at a reader, as the hand that showed it saw the answer. */
export interface Presentation {
  /** The name of the Key. */
  readonly key: string;
  /** Epoch milliseconds, on the machine's own clock. */
  readonly at: number;
  /** `unknown`: the agent died before it answered. */
  outcome: 'granted' | 'denied' | 'unknown';
}

/** What the server's Activity tells of an attempt or an accepted command, in the order of the door's log. */
export interface ToldEvent {
  readonly id: string;
  readonly type: 'key_accepted' | 'key_refused';
  /** The name of the Key; not given for a command of the Portal. */
  readonly key: string | undefined;
  readonly command: string | undefined;
  readonly at: number;
}

export interface DoorAccount {
  readonly name: string;
  readonly presentations: readonly Presentation[];
  /** When the relay unlocked. */
  readonly pulses: readonly number[];
  readonly events: readonly ToldEvent[];
}

/** What must not be: each entry is a sentence about one case. */
export interface Findings {
  readonly lost: string[];
  readonly doubled: string[];
  readonly overspent: string[];
  readonly withoutCause: string[];
}

/** The clock of the door is that of this machine, told by the server to within so much. */
const pulseToleranceMs = 3_000;

function outcomeOf({ type }: ToldEvent): Presentation['outcome'] {
  return type === 'key_accepted' ? 'granted' : 'denied';
}

function isTheSame(presentation: Presentation, event: ToldEvent): boolean {
  const { key, outcome } = presentation;
  return key === event.key && (outcome === 'unknown' || outcome === outcomeOf(event));
}

/** What was cut off may be told or not. */
function faultOfSkipping({ outcome }: Presentation): number {
  return outcome === 'unknown' ? 0 : 1;
}

/**
 * The least that has to be wrong from each pair of places on, presentation and event, in rows by
 * presentation: an answer that is skipped is lost, an event that is skipped is one too many.
 */
function leastFaults(
  presentations: readonly Presentation[],
  events: readonly ToldEvent[],
): readonly Uint16Array[] {
  const empty = new Uint16Array(events.length + 1);
  const rows = [...presentations.map(() => new Uint16Array(events.length + 1)), empty];
  for (let event = events.length - 1; event >= 0; event -= 1) empty[event] = events.length - event;
  for (const [place, presentation] of [...presentations.entries()].reverse()) {
    const [row = empty, below = empty] = [rows[place], rows[place + 1]];
    const skipped = faultOfSkipping(presentation);
    row[events.length] = (below[events.length] ?? 0) + skipped;
    for (let event = events.length - 1; event >= 0; event -= 1) {
      const told = events[event];
      const isMatch = told !== undefined && isTheSame(presentation, told);
      const matched = isMatch ? (below[event + 1] ?? 0) : Infinity;
      row[event] = Math.min(matched, (below[event] ?? 0) + skipped, (row[event + 1] ?? 0) + 1);
    }
  }
  return rows;
}

/** One step of the comparison: both are the same, or one of them has nothing beside it. */
type Step = 'same' | 'only shown' | 'only told';

/** The way through presentations and events with the least that is wrong. */
function* stepsThrough(
  presentations: readonly Presentation[],
  events: readonly ToldEvent[],
): Generator<{ readonly step: Step; readonly place: number; readonly event: number }> {
  const rows = leastFaults(presentations, events);
  const faultsFrom = (place: number, event: number): number => rows[place]?.[event] ?? 0;
  let [place, event] = [0, 0];
  while (place < presentations.length || event < events.length) {
    const least = faultsFrom(place, event);
    const [presentation, told] = [presentations[place], events[event]];
    const isMatch = presentation && told && isTheSame(presentation, told);
    if (isMatch && least === faultsFrom(place + 1, event + 1)) {
      yield { step: 'same', place: place++, event: event++ };
    } else if (presentation && least === faultsFrom(place + 1, event) + faultOfSkipping(presentation)) {
      yield { step: 'only shown', place: place++, event };
    } else yield { step: 'only told', place, event: event++ };
  }
}

/**
 * Holds the presentations of one door against its log, both in order: what was answered stands there once,
 * what was cut off once or not at all, and nothing else.
 */
function compareInOrder({ name, presentations, events }: DoorAccount, { lost, doubled }: Findings): void {
  const attempts = events.filter(({ command }) => command === undefined);
  for (const { step, place, event } of stepsThrough(presentations, attempts)) {
    const [shown, told] = [presentations[place], attempts[event]];
    if (step === 'only shown' && shown && shown.outcome !== 'unknown')
      lost.push(`${name}: ${shown.key} was ${shown.outcome} at ${shown.at}, and is not told`);
    if (step === 'only told' && told)
      doubled.push(`${name}: ${told.id} tells ${told.type} of ${told.key} once too often`);
  }
}

function countGrants(door: DoorAccount, maxUses: ReadonlyMap<string, number>, { overspent }: Findings): void {
  const told = new Map<string, number>();
  const seen = new Map<string, number>();
  const add = (counts: Map<string, number>, key = ''): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const { type, key } of door.events) if (type === 'key_accepted') add(told, key);
  for (const { outcome, key } of door.presentations) if (outcome === 'granted') add(seen, key);
  for (const [key, limit] of maxUses) {
    const most = Math.max(told.get(key) ?? 0, seen.get(key) ?? 0);
    if (most > limit) overspent.push(`${door.name}: ${key} opened ${most} times of ${limit}`);
  }
}

function explainPulses(door: DoorAccount, { withoutCause }: Findings): void {
  const grants = door.events.filter(({ type }) => type === 'key_accepted');
  for (const pulse of door.pulses) {
    const isCaused = grants.some(({ at }) => Math.abs(at - pulse) <= pulseToleranceMs);
    if (!isCaused) withoutCause.push(`${door.name} unlocked at ${pulse}, and nothing tells why`);
  }
}

function countCommands(door: DoorAccount, { doubled }: Findings): void {
  const seen = new Set<string>();
  for (const { command, type } of door.events) {
    if (command === undefined || type !== 'key_accepted') continue;
    if (seen.has(command)) doubled.push(`${door.name}: command ${command} was carried out twice`);
    seen.add(command);
  }
}

/** What is wrong with the accounts of the doors; `maxUses` by the name of the Key, at each lock. */
export function audit(doors: readonly DoorAccount[], maxUses: ReadonlyMap<string, number>): Findings {
  const findings: Findings = { lost: [], doubled: [], overspent: [], withoutCause: [] };
  for (const door of doors) {
    compareInOrder(door, findings);
    countGrants(door, maxUses, findings);
    countCommands(door, findings);
    explainPulses(door, findings);
  }
  return findings;
}
