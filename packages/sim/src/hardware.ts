import type { Hardware, Inputs } from '@claviger/agent';

/** One movement of a relay, at a reading of the door's `mono`. */
export interface RelayMove {
  readonly lock: number;
  readonly isUnlocked: boolean;
  readonly at: number;
}

export interface VirtualHardware extends Hardware {
  readonly moves: readonly RelayMove[];
  isUnlocked(lock: number): boolean;
  setInputs(lock: number, inputs: Inputs): void;
}

export function createVirtualHardware(mono: () => number): VirtualHardware {
  const moves: RelayMove[] = [];
  const inputs = new Map<number, Inputs>();
  return {
    moves,
    setRelay: (lock, isUnlocked) => void moves.push({ lock, isUnlocked, at: mono() }),
    readInputs: (lock) => inputs.get(lock) ?? { isOpen: false, isTampered: false },
    isUnlocked: (lock) => moves.findLast((move) => move.lock === lock)?.isUnlocked ?? false,
    setInputs: (lock, next) => void inputs.set(lock, next),
  };
}
