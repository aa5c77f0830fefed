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
  /** Nobody drives the relays any more: they fall back to locked. */
  fallBack(): void;
}

export function createVirtualHardware(mono: () => number): VirtualHardware {
  const moves: RelayMove[] = [];
  const signals: Signal[] = [];
  const inputs = new Map<number, Inputs>();
  const isUnlocked = (lock: number): boolean =>
    moves.findLast((move) => move.lock === lock)?.isUnlocked ?? false;
  /** A relay that is told to fall back and has nothing to fall back from does not move. */
  const setRelay = (lock: number, isNowUnlocked: boolean): void => {
    if (isNowUnlocked || isUnlocked(lock)) moves.push({ lock, isUnlocked: isNowUnlocked, at: mono() });
  };
  return {
    moves,
    signals,
    signal: (lock, reader, isGranted) => void signals.push({ lock, reader, isGranted }),
    setRelay,
    isUnlocked,
    readInputs: (lock) => inputs.get(lock) ?? { isOpen: false, isTampered: false },
    setInputs: (lock, next) => void inputs.set(lock, next),
    fallBack: () => {
      const driven = new Set(moves.map(({ lock }) => lock));
      for (const lock of driven) if (isUnlocked(lock)) setRelay(lock, false);
    },
  };
}
