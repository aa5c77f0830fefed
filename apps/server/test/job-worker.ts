/**
 * A process of its own that takes jobs of the kind `hang` from a test's database and never ends one: run by
 * tests that stop or kill it. Says `taken` for each.
 */
import { connectDatabase } from '../src/platform/database/index.ts';
import { defineJob, startJobs } from '../src/platform/jobs/index.ts';
import { Secret } from '../src/platform/secrets/index.ts';
import { z } from 'zod';
import { testSecret } from './database-server.ts';

const adminUrl = new Secret(process.argv[2] ?? '');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const database = await connectDatabase({ adminUrl, installationSecret: testSecret, report: () => undefined });
await startJobs({
  pool: database.jobsPool,
  kinds: [
    defineJob('hang', z.unknown(), () => {
      say('taken');
      return new Promise(() => undefined);
    }),
  ],
  timed: [],
  onFault: (job, error) => say(`${job}: ${String(error)}`),
  onNote: (level, text) => say(`${level}: ${text}`),
  lookEveryMs: Number(process.argv[3]),
});
