import { openSync, readFileSync, readSync } from 'node:fs';
import type { Clock } from '@claviger/agent';

/** Where the system tells what only it knows of its clocks. */
export interface MachineFiles {
  /** Linux draws it anew at each start of the machine; other systems have none. */
  readonly bootId: string;
  /** Seconds since that start, those among them in which the machine slept (Linux alone). */
  readonly uptime: string;
}

const linux: MachineFiles = { bootId: '/proc/sys/kernel/random/boot_id', uptime: '/proc/uptime' };

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Whole seconds since 1970, as Linux tells them of a chip, whose driver refuses an empty battery. */
function readBattery(file: string): number | undefined {
  const text = readText(file) ?? '';
  return /^\d{1,11}$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** Two numbers of so many digits fit with room to spare. */
const uptimeBytes = 64;

function openOrNone(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined;
  }
}

/** Milliseconds since the start of the machine, asleep or not; -Infinity where nothing tells. */
function uptimeOf(file: string): () => number {
  // Kept open, for it is read with each look at the clock.
  const opened = openOrNone(file);
  if (opened === undefined) return () => -Infinity;
  const bytes = Buffer.alloc(uptimeBytes);
  return () => {
    try {
      const text = bytes.toString('latin1', 0, readSync(opened, bytes, 0, uptimeBytes, 0));
      const seconds = /^\d{1,11}\.\d+(?= )/.exec(text)?.[0];
      return seconds === undefined ? -Infinity : Math.floor(Number(seconds) * 1_000);
    } catch {
      return -Infinity;
    }
  };
}

/** Milliseconds by the clock of the processor, which stands still while the machine sleeps. */
const awakeMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/**
 * The stopwatch that begins with the machine: all programs of one start read the same. Of its two clocks the
 * one counts that is further on: a container may have an uptime of its own, which is less.
 */
function stopwatchOf(uptimeMs: () => number): () => number {
  return () => Math.max(awakeMs(), uptimeMs());
}

/** Uptime is told in hundredths of a second; a difference that is less than this is no sleep. */
const leastSleepMs = 1_000;

/** Never steps back; in a sleep of the machine it goes on, which shows when it has woken. */
function monoOf(uptimeMs: () => number): () => number {
  const asleepMs = (): number => uptimeMs() - awakeMs();
  const before = asleepMs();
  let sleptMs = 0;
  return () => {
    const slept = asleepMs() - before;
    if (Number.isFinite(slept) && slept - sleptMs >= leastSleepMs) sleptMs = slept;
    return performance.now() + sleptMs;
  };
}

/**
 * The clocks of this machine. The wall clock may be set by anybody on the network and is believed as a hint
 * alone; `batteryClock` names the file of a chip with a battery that nothing sets (decision records 0041,
 * 0045).
 */
export function nodeClock(batteryClock?: string, machine: Partial<MachineFiles> = {}): Clock {
  const { bootId, uptime } = { ...linux, ...machine };
  const uptimeMs = uptimeOf(uptime);
  const name = readText(bootId);
  return {
    mono: monoOf(uptimeMs),
    wall: () => Date.now(),
    steady: name === undefined ? undefined : { name, read: stopwatchOf(uptimeMs) },
    ...(batteryClock !== undefined && { battery: () => readBattery(batteryClock) }),
  };
}
