import type { HardwareInput, Inputs } from '@claviger/agent';

/** What a driver calls when something happens at a lock. */
export type OnInput = (lock: number, input: HardwareInput) => void;

/**
 * The relays and inputs of one kind of box. `setRelay` and `readInputs` never throw: a driver reports its
 * faults in the diary. Starting and stopping a driver moves no relay.
 */
export interface HardwareDriver {
  setRelay(lock: number, isUnlocked: boolean): void;
  readInputs(lock: number): Inputs;
  /** Resolves when `readInputs` knows how the inputs are; soon, also if the hardware does not say. */
  settled(): Promise<void>;
  /** Begins to report what happens. */
  listen(onInput: OnInput): void;
  /** Shows one line of the diary to whoever looks at the box. */
  show(level: 'info' | 'warn' | 'error', text: string): void;
  close(): Promise<void>;
}
