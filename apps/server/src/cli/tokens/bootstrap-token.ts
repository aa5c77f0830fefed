import { Command } from 'commander';
import { issueBootstrapToken } from '../../features/accounts/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { withDatabase } from '../opened-database.ts';

async function run(options: DataOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const token = await withDatabase(configuration, (database) => issueBootstrapToken(database));
  process.stdout.write(`Once, within 30 minutes: ${configuration.publicOrigin}/bootstrap#${token}\n`);
}

/**
 * `claviger bootstrap-token`: a new one-time token for a first or further operator; every older one is
 * void.
 */
export function bootstrapTokenCommand(): Command {
  return new Command('bootstrap-token')
    .description('Issue a one-time token that makes an operator')
    .addOption(dataOption())
    .action(run);
}
