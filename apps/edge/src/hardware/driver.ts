import type { HardwareInput, Inputs, Shown } from '@claviger/agent';
import type { Reader } from '@claviger/domain';

/** What a driver calls when something happens at a lock. */
export type OnInput = (lock: number, input: HardwareInput) => void;

/** What a driver calls when a reader of a lock has read something. */
export type OnShown = (lock: number, shown: Shown) => void;

/**
 * The relays, inputs and readers of one kind of box. `setRelay`, `readInputs` and `signal` never throw: a
 * driver reports its faults in the diary. Starting and stopping a driver moves no relay.
 */
export interface HardwareDriver {
  setRelay(lock: number, isUnlocked: boolean): void;
  readInputs(lock: number): Inputs;
  /** Resolves when `readInputs` knows how the inputs are; soon, also if the hardware does not say. */
  settled(): Promise<void>;
  /** Shows who stands at a reader that it opens or that it does not. */
  signal(lock: number, reader: Reader, isGranted: boolean): void;
  /** Begins to report what happens and what is shown. */
  listen(onInput: OnInput, onShown: OnShown): void;
  /** Shows one line of the diary to whoever looks at the box. */
  show(level: 'info' | 'warn' | 'error', text: string): void;
  close(): Promise<void>;
}
