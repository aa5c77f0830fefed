import { lastWill, type UpChannel } from '@claviger/protocol';
import type { Chance } from '../../oracle/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Sometimes } from '../sometimes.ts';
import type { DoorBox } from './box-face.ts';
import { createLine, createRecording, trouble, type Line, type Recorded, type UpLetter } from './line.ts';
import type { DownLetter } from './cause.ts';

/** How a letter fares: how many copies, how late each; none for a lost one. */
export interface Fate {
  readonly delaysMs: readonly number[];
  /** Copies may pass each other and what was sent before. */
  readonly isUnordered: boolean;
}

export interface BrokerParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly count: (what: Sometimes) => void;
  readonly note: (who: string, what: string) => void;
  readonly fateOf: () => Fate;
  /** Called before the agent of a box is. */
  readonly beforeAct: (box: DoorBox) => void;
  /** What the agent is given for a letter. */
  readonly heardAs: (letter: DownLetter, box: DoorBox) => readonly DownLetter[];
  readonly toServer: (box: DoorBox, letter: UpLetter) => void;
}

/** What carries letters between boxes and server. It promises nothing: not arrival, not order, not once. */
export interface Broker {
  readonly join: (box: DoorBox) => Line;
  readonly lineOf: (box: DoorBox) => Line;
  readonly fromDoor: (box: DoorBox, channel: UpChannel, message: Uint8Array) => void;
  readonly fromServer: (box: DoorBox, letter: DownLetter) => void;
  /** A letter comes out of the wire whoever sent it: played again, forged, to the wrong box. */
  readonly inject: (recorded: Recorded) => void;
  readonly recording: () => readonly Recorded[];
  /** Whether there is a line to the broker at all; boxes connect again by themselves. */
  readonly setReachable: (isReachable: boolean) => void;
  /** Ends the connection of one box; it notices and comes back. */
  readonly hangUp: (box: DoorBox) => void;
  readonly restart: () => void;
  /** All lines are there and carry everything. */
  readonly heal: () => void;
}

const willDelayMs = 300;
const backoffMs = 4_000;

function deliverDown(parts: BrokerParts, line: Line, letter: DownLetter): void {
  const { box } = line;
  if (!box.isRunning()) return;
  parts.beforeAct(box);
  parts.note(box.name, `hears ${letter.channel} of ${letter.message.length} bytes`);
  box.act({ kind: 'letter', letter }, (agent) => {
    for (const { channel, message } of parts.heardAs(letter, box)) agent.receive(channel, message);
  });
}

/** Plans the arrival of each copy. */
function carry(
  { scheduler, fateOf, count }: BrokerParts,
  line: Line,
  journey: { way: 'Up' | 'Down'; arrive: () => void },
): void {
  const now = scheduler.now();
  const last = `last${journey.way}At` as const;
  const isDead = now < line[`dead${journey.way}Until`];
  const { delaysMs, isUnordered } = fateOf();
  if (isDead || delaysMs.length === 0) {
    trouble(line, now);
    if (!isDead) count('a letter lost');
    return;
  }
  if (delaysMs.length > 1) count('a letter doubled');
  const { session } = line;
  for (const delayMs of delaysMs) {
    if (delayMs > 500) count('a letter late');
    const at = isUnordered ? now + delayMs : Math.max(line[last] + 1, now + delayMs);
    if (isUnordered && at < line[last]) count('a letter out of order');
    if (isUnordered) trouble(line, at);
    line[last] = Math.max(line[last], at);
    scheduler.after(at - now, () => {
      if (line.isOpen && line.session === session) journey.arrive();
    });
  }
}

function createConnections(parts: BrokerParts, lines: ReadonlyMap<DoorBox, Line>) {
  const { scheduler, chance, note, toServer } = parts;
  let isReachable = false;

  const connect = (line: Line): void => {
    if (line.isOpen || !isReachable || !line.box.isRunning()) return;
    line.session += 1;
    line.isOpen = true;
    Object.assign(line, { deadUpUntil: 0, deadDownUntil: 0, lastUpAt: 0, lastDownAt: 0 });
    line.calmSince = scheduler.now();
    note(line.box.name, 'connects');
    line.box.act({ kind: 'link_up' }, (agent) => {
      agent.linkUp();
    });
  };
  const connectSoon = (line: Line): void => {
    scheduler.after(300 + chance.below(backoffMs), () => {
      connect(line);
    });
  };
  const close = (line: Line): void => {
    if (!line.isOpen) return;
    const { session, box } = line;
    line.isOpen = false;
    line.calmSince = Infinity;
    note(box.name, 'is cut off');
    box.act({ kind: 'link_down' }, (agent) => {
      agent.linkDown();
    });
    scheduler.after(chance.below(willDelayMs), () => {
      if (line.session === session) toServer(box, { channel: 'state', message: lastWill });
    });
    connectSoon(line);
  };
  const setReachable = (reachable: boolean): void => {
    isReachable = reachable;
    for (const line of lines.values()) {
      if (reachable) connectSoon(line);
      else close(line);
    }
  };
  return { connectSoon, close, setReachable };
}

interface Wires {
  readonly lines: Map<DoorBox, Line>;
  readonly recording: ReturnType<typeof createRecording>;
}

function lineIn({ lines }: Wires, box: DoorBox): Line {
  const line = lines.get(box);
  if (!line) throw new Error(`${box.name} never joined`);
  return line;
}

/** Letters from both ends, and from nobody. */
function createPost(parts: BrokerParts, wires: Wires): Pick<Broker, 'fromDoor' | 'fromServer' | 'inject'> {
  const { recording } = wires;
  return {
    fromDoor: (box, channel, message) => {
      const line = lineIn(wires, box);
      const letter = { channel, message };
      if (!line.isOpen) return;
      recording.add({ way: 'up', box, letter });
      const arrive = (): void => {
        parts.toServer(box, letter);
      };
      carry(parts, line, { way: 'Up', arrive });
    },
    fromServer: (box, letter) => {
      const line = lineIn(wires, box);
      recording.add({ way: 'down', box, letter });
      if (!line.isOpen) return;
      const arrive = (): void => {
        deliverDown(parts, line, letter);
      };
      carry(parts, line, { way: 'Down', arrive });
    },
    inject: (recorded) => {
      const { box, way } = recorded;
      const line = lineIn(wires, box);
      if (way === 'up') parts.toServer(box, recorded.letter);
      else if (line.isOpen) deliverDown(parts, line, recorded.letter);
    },
  };
}

export function createBroker(parts: BrokerParts): Broker {
  const { count, note } = parts;
  const lines = new Map<DoorBox, Line>();
  const wires = { lines, recording: createRecording() };
  const connections = createConnections(parts, lines);
  return {
    ...createPost(parts, wires),
    lineOf: (box) => lineIn(wires, box),
    recording: wires.recording.all,
    setReachable: connections.setReachable,
    join: (box) => {
      const line = createLine(box);
      lines.set(box, line);
      return line;
    },
    hangUp: (box) => {
      const line = lineIn(wires, box);
      if (line.isOpen) connections.close(line);
      else connections.connectSoon(line);
    },
    heal: () => {
      // A line that somebody wrongly believes in is found out, as it would be within a minute.
      for (const line of lines.values())
        if (line.deadUpUntil > 0 || line.deadDownUntil > 0) connections.close(line);
      connections.setReachable(true);
    },
    restart: () => {
      note('broker', 'starts again and has forgotten everything');
      count('the broker started again');
      for (const line of lines.values()) connections.close(line);
    },
  };
}
