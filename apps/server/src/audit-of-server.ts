import { chainOlderEntries, takeCheckpoint } from './platform/audit/index.ts';
import { systemClock } from './platform/clock.ts';
import type { Database } from './platform/database/index.ts';
import type { Log } from './platform/log.ts';
import type { InstallationKeys } from './platform/secrets/index.ts';

/**
 * Gives entries from before there were chains their places. `stop` signs the ends of all chains, as the last
 * thing before the database is closed: a stop is the moment from which somebody else may write.
 */
export async function startAudit(
  database: Database,
  { installationSecret }: InstallationKeys,
  log: Log,
): Promise<{ readonly stop: () => Promise<void> }> {
  const count = await chainOlderEntries(database, installationSecret);
  if (count > 0) log.info('older audit entries chained', { count });
  const stop = async (): Promise<void> => {
    try {
      await takeCheckpoint(database, { installationSecret, now: systemClock.now() });
    } catch (error) {
      // A stop that cannot be signed is a stop all the same; the next checkpoint signs what is there then.
      log.error('audit checkpoint missing', { error });
    }
  };
  return { stop };
}
