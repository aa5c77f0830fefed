import type { Clock } from '../clock.ts';
import type { Secret } from '../secrets/index.ts';
import { shipLog, type Shipping, type ShippingParts } from './log-shipping.ts';
import { findBackupPath } from './settings.ts';

/** So often the log is brought into the backup: what is lost with the machine is not older (0028). */
export const shipEveryMs = 20_000;

export interface FollowingParts extends Pick<ShippingParts, 'signingKey'> {
  readonly dataFolder: string;
  readonly clock: Clock;
  /** The administrator's address while PostgreSQL serves. */
  readonly findAdminUrl: () => Promise<Secret | undefined>;
  readonly onBegun: (folder: string) => void;
  /** It is tried again; said once for each cause. */
  readonly onFault: (error: unknown) => void;
}

interface Following {
  shipping: Shipping | undefined;
  folder: string | undefined;
  told: string;
}

async function end(following: Following): Promise<void> {
  const { shipping } = following;
  following.shipping = undefined;
  await shipping?.stop();
}

async function ship(parts: FollowingParts, following: Following): Promise<void> {
  const folder = findBackupPath(parts.dataFolder);
  if (folder !== following.folder) await end(following);
  following.folder = folder;
  if (folder === undefined) return;
  if (!following.shipping) {
    const adminUrl = await parts.findAdminUrl();
    if (adminUrl === undefined) return;
    following.shipping = await shipLog({ adminUrl, folder, signingKey: parts.signingKey });
    parts.onBegun(folder);
  }
  await following.shipping.flush();
  following.told = '';
}

async function shipOrTell(parts: FollowingParts, following: Following): Promise<void> {
  try {
    await ship(parts, following);
  } catch (error) {
    const { shipping } = following;
    following.shipping = undefined;
    await shipping?.stop().catch(() => {
      // It has ended for a cause that is told here; how it closes adds nothing.
    });
    const cause = String(error);
    if (cause !== following.told) parts.onFault(error);
    following.told = cause;
  }
}

/**
 * Brings the log into the backup while the server runs: every twenty seconds, from the first backup on, and
 * once more when it stops. A folder that is away for a while is caught up with when it is back.
 */
export function followBackup(parts: FollowingParts): { stop(): Promise<void> } {
  const following: Following = { shipping: undefined, folder: undefined, told: '' };
  let work = Promise.resolve();
  const look = (): void => {
    work = work.then(() => shipOrTell(parts, following));
  };
  const stopLooking = parts.clock.every(shipEveryMs, look);
  look();
  return {
    stop: async () => {
      stopLooking();
      await work;
      await end(following).catch(parts.onFault);
    },
  };
}
