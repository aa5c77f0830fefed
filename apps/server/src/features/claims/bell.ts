import type { Database } from '../../platform/database/index.ts';

/** The channel of PostgreSQL's NOTIFY; the payload is the identifier of the device. */
export const claimChannel = 'claims';

/** Devices that may wait at once; beyond it a device is sent away and comes again. */
const waitingLimit = 10_000;

/** Tells waiting devices that somebody claims them. */
export interface ClaimBell {
  /** Resolves when the bell rings for this device, after `limitMs`, or at once when too many are waiting. */
  wait(deviceId: string, limitMs: number): Promise<void>;
  /** Sends everybody home: the server stops. */
  close(): Promise<void>;
}

/** Listens to claims of every copy of the server. */
export async function createClaimBell(database: Database): Promise<ClaimBell> {
  const waiting = new Map<string, Set<() => void>>();
  let count = 0;
  const ring = (deviceId: string): void => {
    for (const leave of waiting.get(deviceId) ?? []) leave();
  };
  const ringAll = (): void => {
    for (const deviceId of [...waiting.keys()]) ring(deviceId);
  };
  const stopListening = await database.listen(claimChannel, (heard) => {
    if (heard.kind === 'gap') ringAll();
    else ring(heard.payload);
  });

  const wait = (deviceId: string, limitMs: number): Promise<void> => {
    if (count >= waitingLimit) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const leavers = waiting.get(deviceId) ?? new Set();
    const leave = (): void => {
      clearTimeout(timer);
      if (leavers.delete(leave)) count -= 1;
      if (leavers.size === 0) waiting.delete(deviceId);
      resolve(undefined);
    };
    const timer = setTimeout(leave, limitMs);
    leavers.add(leave);
    waiting.set(deviceId, leavers);
    count += 1;
    return promise;
  };

  return {
    wait,
    close: async () => {
      ringAll();
      await stopListening();
    },
  };
}
