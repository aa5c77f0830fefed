import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseProblem, type Report } from '../src/platform/database/index.ts';
import { startEmbedded } from '../src/platform/database/embedded/index.ts';
import { prepareDatabase } from '../src/platform/database/preparation/index.ts';
import { Secret } from '../src/platform/secrets/index.ts';
import { temporaryRoot } from './embedded/temporary-root.ts';

/** A PostgreSQL of a test run, in a temporary folder, without durability. */
export interface DatabaseServer {
  /** The superuser's address of the migrated database that test databases are cloned from. */
  readonly templateUrl: Secret;
  stop(): Promise<void>;
}

/** Roles belong to the whole server, so all its databases share one secret. */
export const testSecret = new Secret('the installation secret of every test');

const PREFIX = 'claviger-tests-';
/** Younger ones may be just starting. */
const ABANDONED_AFTER_MS = 600_000;

const ignoreNotice: Report = () => {
  // The server of a test run has no log; what fails rejects.
};

/** Starts a PostgreSQL and, unless it is to stay empty, makes its roles and migrates its database. */
export async function startDatabaseServer({ isPrepared = true } = {}): Promise<DatabaseServer> {
  await sweepAbandoned();
  const folder = await mkdtemp(join(temporaryRoot, PREFIX));
  const embedded = await startEmbedded({ folder, report: ignoreNotice, isDisposable: true });
  const stop = async (): Promise<void> => {
    await embedded.stop();
    await rm(folder, { recursive: true });
  };
  try {
    const { adminUrl } = embedded;
    if (isPrepared) await prepareDatabase({ adminUrl, installationSecret: testSecret, report: ignoreNotice });
    return { templateUrl: adminUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends and removes what killed test runs have left, so that they do not pile up. */
async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(temporaryRoot)) {
    const folder = join(temporaryRoot, name);
    if (!name.startsWith(PREFIX) || (await ageMs(folder)) < ABANDONED_AFTER_MS) continue;
    try {
      const abandoned = await startEmbedded({ folder, report: ignoreNotice, isDisposable: true });
      await abandoned.stop();
    } catch (error) {
      if (!(error instanceof DatabaseProblem)) throw error;
      // Another run that has been at work for long. What cannot be started for another reason can go.
      if (error.code === 'folder_in_use') continue;
    }
    await rm(folder, { recursive: true });
  }
}

async function ageMs(path: string): Promise<number> {
  const found = await stat(path);
  return Date.now() - found.mtimeMs;
}
