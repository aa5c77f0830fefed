import { readFileSync } from 'node:fs';
import type { Clock } from '@claviger/agent';

/** Linux draws it anew at each start of the machine; other systems have none. */
const bootIdFile = '/proc/sys/kernel/random/boot_id';

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

/** The stopwatch that begins with the machine: all programs of one start read the same. */
function steadyOf(file: string): Clock['steady'] {
  const name = readText(file);
  return name === undefined ? undefined : { name, read: () => Number(process.hrtime.bigint() / 1_000_000n) };
}

/**
 * The clocks of this machine. The wall clock may be set by anybody on the network and is believed as a hint
 * alone; `batteryClock` names the file of a chip with a battery that nothing sets (decision record 0041).
 */
export function nodeClock(batteryClock?: string, bootId = bootIdFile): Clock {
  return {
    mono: () => performance.now(),
    wall: () => Date.now(),
    steady: steadyOf(bootId),
    ...(batteryClock !== undefined && { battery: () => readBattery(batteryClock) }),
  };
}
