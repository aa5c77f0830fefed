import type { Agent } from '@claviger/agent';
import type { VirtualClock } from '../../clock.ts';
import type { KeyRing } from '../../crypto.ts';
import type { VirtualDisk } from '../../disk.ts';
import type { Cause } from './cause.ts';
import type { Entity } from './facts.ts';
import type { CutPoint } from './power.ts';

/** A lock of a box, by its number at the box. */
export interface BoxLock {
  readonly number: number;
  id: string;
}

/** One box with a real agent, its power, its clock and its disk. */
export interface DoorBox {
  readonly name: string;
  readonly deviceId: string;
  readonly locks: readonly BoxLock[];
  readonly clock: VirtualClock;
  readonly ring: KeyRing;
  readonly identityKey: Uint8Array;
  readonly disk: () => VirtualDisk;
  readonly isDiskFull: () => boolean;
  /** Since when its disk has had room; an instant to come while it has none. */
  readonly roomSince: () => number;
  readonly setDiskFull: (isFull: boolean) => void;
  readonly epoch: () => number;
  readonly entity: () => Entity;
  /** Counts the starts, from 1. */
  readonly boots: () => number;
  readonly isRunning: () => boolean;
  /** The last lines of the box's own diary. */
  readonly lastWords: () => string | undefined;
  /** Calls the agent; true if it is still running afterwards. */
  readonly act: (cause: Cause, work: (agent: Agent) => void) => boolean;
  /** The power fails now, or after so many calls of ports within the next call of the agent. */
  readonly cut: (afterCalls?: number) => void;
  /** Where the power last failed within a call of the agent. */
  readonly cutAt: () => CutPoint | undefined;
  /** The power is back: with this disk, or its own; it fails again after so many calls of ports. */
  readonly start: (wallAt: number, how?: { disk?: VirtualDisk; cutAfter?: number }) => void;
  readonly give: (owned: { entity: Entity; epoch: number; lockIds: readonly string[] }) => void;
  /** When the agent wants to be called, in true milliseconds from now; undefined for not at all. */
  readonly wakesInMs: () => number | undefined;
  readonly onWake: (listener: () => void) => void;
}
