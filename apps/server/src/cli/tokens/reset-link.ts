import { Command } from 'commander';
import { makeOperatorLink } from '../../features/accounts/index.ts';
import { openAudit } from '../../platform/audit/index.ts';
import { createPasswordHasher, openAuthentication } from '../../platform/authentication/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { openLog } from '../../platform/log.ts';
import { deriveSecret } from '../../platform/secrets/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { withDatabase } from '../opened-database.ts';
import { InputFault } from '../faults.ts';

async function run(email: string, options: DataOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const { publicOrigin, logLevel } = configuration;
  const link = await withDatabase(configuration, (database, { installationSecret }) => {
    const authentication = openAuthentication(
      {
        pool: database.authPool,
        cookieSecret: deriveSecret(installationSecret, 'session cookies'),
        publicOrigin,
        isCookieSecure: publicOrigin.startsWith('https:'),
        hasher: createPasswordHasher(),
        log: openLog(logLevel, process.stderr),
      },
      systemClock,
    );
    const audit = openAudit({ installationSecret, now: () => systemClock.now() });
    return makeOperatorLink({ authentication, publicOrigin, audit, database }, email);
  });
  if (link === undefined) throw new InputFault(`No Account has the address ${email}.`);
  process.stdout.write(`Once, within an hour: ${link}\n`);
}

/** `claviger reset-link EMAIL`: a link to a new password, for whoever gets no mail. */
export function resetLinkCommand(): Command {
  return new Command('reset-link')
    .description('Make a link with which a person sets a new password')
    .argument('<email>', 'the address of the Account')
    .addOption(dataOption())
    .action(run);
}
