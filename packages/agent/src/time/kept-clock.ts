import { at, integer, maybe, record, text } from '@claviger/protocol';
import { recallWhole, recordOf, type KeptRecord, type Memory } from '../memory/memory.ts';
import type { Clock, StoreTransaction } from '../ports.ts';
import type { Reading } from './own-clock.ts';

/** A quartz of the cheap kind drifts by less than this, with and without power (reliability 3.5). */
const driftPpm = 20;

/** By how much a clock may be off that was right so long ago. */
export function driftOver(elapsedMs: number): number {
  return (elapsedMs * driftPpm) / 1_000_000;
}

/** A clock with a battery tells whole seconds, and is read twice. */
const batteryClockMs = 2_000;

/** The time as the server told it once, and what the clocks of the box said then. */
interface KeptClock extends Reading {
  /** Milliseconds by the stopwatch of the machine, and which one that was. */
  readonly steadyName?: string | undefined;
  readonly steadyAt?: number | undefined;
  /** Epoch milliseconds by the clock with a battery, right or wrong. */
  readonly batteryAt?: number | undefined;
}

export const clockMemory: Memory<KeptClock> = {
  name: 'clock',
  form: record({
    at: at(1, integer()),
    uncertaintyMs: at(2, integer()),
    steadyName: maybe(3, text(64)),
    steadyAt: maybe(4, integer()),
    batteryAt: maybe(5, integer()),
  }),
  initial: { at: 0, uncertaintyMs: 0 },
};

/** What to keep of a time that is known now. */
export function recordOfClock(known: Reading, { steady, battery }: Clock): KeptRecord {
  const batteryAt = battery?.();
  return recordOf(clockMemory, {
    ...known,
    ...(steady && { steadyName: steady.name, steadyAt: Math.floor(steady.read()) }),
    ...(batteryAt !== undefined && { batteryAt }),
  });
}

/** How long ago something was kept, and what that adds to its uncertainty. */
interface Gone {
  readonly elapsedMs: number;
  readonly addedMs: number;
}

/** No clock of the box tells it. */
const untold: Gone = { elapsedMs: -1, addedMs: 0 };

/** By the stopwatch, which nobody sets and which ends with the power. */
function goneBySteady(kept: KeptClock, { steady }: Clock): Gone | undefined {
  if (steady === undefined || kept.steadyAt === undefined || steady.name !== kept.steadyName)
    return undefined;
  return { elapsedMs: steady.read() - kept.steadyAt, addedMs: 0 };
}

/** By the clock with a battery: one that went back has lost it, and tells nothing. */
function goneByBattery({ batteryAt }: KeptClock, { battery }: Clock): Gone | undefined {
  const now = battery?.();
  if (now === undefined || batteryAt === undefined) return undefined;
  return { elapsedMs: now - batteryAt, addedMs: batteryClockMs };
}

/**
 * The time by what was kept of it before this start; undefined where no clock of the box is known to have
 * gone on since (decision record 0041). A damaged record is as none.
 */
export function readKeptClock(transaction: StoreTransaction, clock: Clock): Reading | undefined {
  const kept = recallWhole(transaction, clockMemory);
  if (kept === undefined) return undefined;
  const { elapsedMs, addedMs } = goneBySteady(kept, clock) ?? goneByBattery(kept, clock) ?? untold;
  if (elapsedMs < 0) return undefined;
  return { at: kept.at + elapsedMs, uncertaintyMs: kept.uncertaintyMs + addedMs + driftOver(elapsedMs) };
}
