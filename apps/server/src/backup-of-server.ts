/** The log of our own database goes into its backup while the server runs. */
import { followBackup } from './platform/backup/index.ts';
import { systemClock } from './platform/clock.ts';
import type { Configuration } from './platform/config.ts';
import { engineOf, findRunning } from './platform/database/index.ts';
import type { Log } from './platform/log.ts';
import type { InstallationKeys } from './platform/secrets/index.ts';

const nothingToStop = { stop: () => Promise.resolve() };

/** Another PostgreSQL than the embedded one is backed up by whoever runs it. */
export function startBackup(
  configuration: Configuration,
  { commandSigningKey }: InstallationKeys,
  log: Log,
): { stop(): Promise<void> } {
  const engine = engineOf(configuration);
  if (engine.kind === 'external') return nothingToStop;
  return followBackup({
    dataFolder: configuration.dataFolder,
    signingKey: commandSigningKey,
    clock: systemClock,
    findAdminUrl: () => findRunning(engine.folder),
    onBegun: () => {
      log.info('backup follows');
    },
    onFault: (error) => {
      log.error('backup does not follow', { error });
    },
  });
}
