import type { Configuration } from '../platform/config.ts';
import {
  connectDatabase,
  engineOf,
  findRunning,
  startDatabase,
  type Database,
} from '../platform/database/index.ts';
import { loadInstallationKeys, type InstallationKeys } from '../platform/secrets/index.ts';

async function open(configuration: Configuration, keys: InstallationKeys): Promise<Database> {
  const options = { installationSecret: keys.installationSecret, report: () => undefined };
  const engine = engineOf(configuration);
  const running = engine.kind === 'embedded' ? await findRunning(engine.folder) : undefined;
  return running ? connectDatabase({ ...options, adminUrl: running }) : startDatabase({ ...options, engine });
}

/** Gives the database to a command, beside a running server or started for the command alone. */
export async function withDatabase<Result>(
  configuration: Configuration,
  work: (database: Database, keys: InstallationKeys) => Promise<Result>,
): Promise<Result> {
  const keys = loadInstallationKeys(configuration.dataFolder, configuration.mode);
  const database = await open(configuration, keys);
  try {
    return await work(database, keys);
  } finally {
    await database.close();
  }
}
