import type { Hardware, Inputs } from '@claviger/agent';
import type { Reader } from '@claviger/domain';

/** One movement of a relay, at a reading of the door's `mono`. */
export interface RelayMove {
  readonly lock: number;
  readonly isUnlocked: boolean;
  readonly at: number;
}

/** What a reader showed to who stood there. */
export interface Signal {
  readonly lock: number;
  readonly reader: Reader;
  readonly isGranted: boolean;
}

export interface VirtualHardware extends Hardware {
  readonly moves: readonly RelayMove[];
  readonly signals: readonly Signal[];
  isUnlocked(lock: number): boolean;
  setInputs(lock: number, inputs: Inputs): void;
}

export function createVirtualHardware(mono: () => number): VirtualHardware {
  const moves: RelayMove[] = [];
  const signals: Signal[] = [];
  const inputs = new Map<number, Inputs>();
  return {
    moves,
    signals,
    signal: (lock, reader, isGranted) => void signals.push({ lock, reader, isGranted }),
    setRelay: (lock, isUnlocked) => void moves.push({ lock, isUnlocked, at: mono() }),
    readInputs: (lock) => inputs.get(lock) ?? { isOpen: false, isTampered: false },
    isUnlocked: (lock) => moves.findLast((move) => move.lock === lock)?.isUnlocked ?? false,
    setInputs: (lock, next) => void inputs.set(lock, next),
  };
}
