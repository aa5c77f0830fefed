import { Command } from 'commander';
import { checkpointFile, checkpointSignerOf, takeCheckpoint } from '../../platform/audit/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { withDatabase } from '../opened-database.ts';

async function run(options: DataOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const text = await withDatabase(configuration, async (database, { installationSecret }) => {
    const taken = await takeCheckpoint(database, { installationSecret, now: Date.now() });
    return checkpointFile(taken, checkpointSignerOf(installationSecret).publicKey);
  });
  process.stdout.write(text);
}

/** `claviger audit checkpoint`: signs the ends of all chains as they are now, and prints that. */
export function checkpointCommand(): Command {
  return new Command('checkpoint')
    .description('Sign the ends of all chains as they are now, to be kept elsewhere')
    .addOption(dataOption())
    .action(run);
}
