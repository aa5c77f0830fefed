import type { UpChannel } from '@claviger/protocol';
import type { DoorBox } from './box-face.ts';
import type { DownLetter } from './cause.ts';

/** A message from a door, as it comes out of the wire. */
export interface UpLetter {
  readonly channel: UpChannel;
  readonly message: Uint8Array;
}

/** The line between one box and the broker, as it is and not as the ends believe. */
export interface Line {
  readonly box: DoorBox;
  /** Counts the connections; 0 before the first. What is under way in one does not arrive in another. */
  session: number;
  isOpen: boolean;
  /** Ways that carry nothing until then, true time; what is sent on them is lost and nobody is told. */
  deadUpUntil: number;
  deadDownUntil: number;
  /** The latest arrival planned on each way: a line in good order keeps the order. */
  lastUpAt: number;
  lastDownAt: number;
  /** From when on nothing on this line went wrong; Infinity while something does. */
  calmSince: number;
}

export function createLine(box: DoorBox): Line {
  return {
    box,
    session: 0,
    isOpen: false,
    deadUpUntil: 0,
    deadDownUntil: 0,
    lastUpAt: 0,
    lastDownAt: 0,
    calmSince: Infinity,
  };
}

/** Something on the line goes wrong until then. */
export function trouble(line: Line, until: number): void {
  line.calmSince = line.isOpen ? Math.max(line.calmSince, until) : Infinity;
}

/** The broker remembers so many letters, to play them again where it is hostile. */
const recordedLimit = 300;

/** A letter that the broker has seen. */
export type Recorded =
  | { readonly way: 'up'; readonly box: DoorBox; readonly letter: UpLetter }
  | { readonly way: 'down'; readonly box: DoorBox; readonly letter: DownLetter };

/** What the broker has seen, the newest last. */
export function createRecording(): { add: (recorded: Recorded) => void; all: () => readonly Recorded[] } {
  const recording: Recorded[] = [];
  return {
    all: () => recording,
    add: (recorded) => {
      recording.push(recorded);
      if (recording.length > recordedLimit) recording.splice(0, recordedLimit / 3);
    },
  };
}
