import type { Reader } from '@claviger/domain';
import { keptLogLines, type DoorView, type LogLine, type StreetMessage } from '../../../src/contract.ts';

/** Yes or no at a reader. Each is an object of its own: two alike are two signals. */
export interface Signal {
  readonly reader: Reader;
  readonly isGranted: boolean;
}

/**
 * A door as the page knows it: how it is, what its agent said, how often it has rattled, and what one of its
 * readers signalled last.
 */
export interface KnownDoor {
  readonly door: DoorView;
  readonly log: readonly LogLine[];
  readonly rattles: number;
  readonly signal: Signal | undefined;
}

/** The street as the page knows it. Before the first message there is none. */
export interface StreetState {
  readonly doors: readonly KnownDoor[];
  readonly importCommand: string;
}

function changed(state: StreetState, serial: string, change: (known: KnownDoor) => KnownDoor): StreetState {
  const doors = state.doors.map((known) => (known.door.serial === serial ? change(known) : known));
  return { ...state, doors };
}

function withDoor(state: StreetState, door: DoorView): StreetState {
  const isKnown = state.doors.some((known) => known.door.serial === door.serial);
  if (!isKnown)
    return { ...state, doors: [...state.doors, { door, log: [], rattles: 0, signal: undefined }] };
  return changed(state, door.serial, (known) => ({ ...known, door }));
}

/** The street after one message. Messages before the first overview tell nothing. */
export function nextStreet(state: StreetState | undefined, message: StreetMessage): StreetState | undefined {
  if (message.type === 'street') {
    return {
      doors: message.doors.map((known) => ({ ...known, rattles: 0, signal: undefined })),
      importCommand: message.importCommand,
    };
  }
  if (state === undefined) return undefined;
  switch (message.type) {
    case 'door':
      return withDoor(state, message.door);
    case 'removed':
      return { ...state, doors: state.doors.filter(({ door }) => door.serial !== message.serial) };
    case 'log':
      return changed(state, message.serial, (known) => ({
        ...known,
        log: [...known.log, message.line].slice(-keptLogLines),
      }));
    case 'rattled':
      return changed(state, message.serial, (known) => ({ ...known, rattles: known.rattles + 1 }));
    case 'signal': {
      const { serial, reader, isGranted } = message;
      return changed(state, serial, (known) => ({ ...known, signal: { reader, isGranted } }));
    }
  }
}
