import type { Clock } from '../clock.ts';

/**
 * What one device may send. A full log of 100,000 events goes up in some hundred batches, one after another,
 * each with its answer: that is within the burst.
 */
const packetAllowance = { burst: 2_000, refillPerS: 50 };
/** A device that sends more is not let in for so long; it goes on deciding by itself. */
export const cutOffForMs = 300_000;
/** Devices that are remembered; beyond it the one that came first is forgotten. */
const devicesLimit = 20_000;

interface Allowance {
  packets: number;
  filledAt: number;
  cutOffUntil: number;
}

/** Counts the packets of devices, also over several connections, and cuts off those that flood. */
export interface FloodGuard {
  /** Whether the device sent too much and its time is not over. */
  isCutOff(device: string): boolean;
  /** Takes one packet from the device's allowance; false when there is none: then it is cut off. */
  take(device: string): boolean;
}

export function createFloodGuard(clock: Pick<Clock, 'now'>): FloodGuard {
  const { burst, refillPerS } = packetAllowance;
  const allowances = new Map<string, Allowance>();
  const add = (device: string): Allowance => {
    const oldest = allowances.size >= devicesLimit ? allowances.keys().next().value : undefined;
    if (oldest !== undefined) allowances.delete(oldest);
    const made = { packets: burst, filledAt: clock.now(), cutOffUntil: 0 };
    allowances.set(device, made);
    return made;
  };
  return {
    isCutOff: (device) => (allowances.get(device)?.cutOffUntil ?? 0) > clock.now(),
    take: (device) => {
      const now = clock.now();
      const allowance = allowances.get(device) ?? add(device);
      const elapsedS = Math.max(0, now - allowance.filledAt) / 1_000;
      allowance.packets = Math.min(burst, allowance.packets + elapsedS * refillPerS);
      allowance.filledAt = now;
      if (allowance.packets < 1) {
        allowance.cutOffUntil = now + cutOffForMs;
        return false;
      }
      allowance.packets -= 1;
      return true;
    },
  };
}
