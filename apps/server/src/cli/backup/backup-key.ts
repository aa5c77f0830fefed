import { resolve } from 'node:path';
import { Command } from 'commander';
import { makeBackupKey } from '../../platform/backup/index.ts';
import { loadInstallationKeys } from '../../platform/secrets/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';

interface KeyOptions extends DataOptions {
  readonly out: string;
  readonly replace: boolean;
}

async function run(options: KeyOptions): Promise<void> {
  const { dataFolder, mode } = readInstalled(environmentOf(options));
  const file = resolve(options.out);
  const place = { dataFolder, file, isReplacing: options.replace };
  await makeBackupKey(place, loadInstallationKeys(dataFolder, mode), Date.now());
  process.stdout.write(
    `${file} reads every backup that is made from now on, and nothing else does. It is kept nowhere else: ` +
      'take it away from this machine, and keep a second copy.\n',
  );
}

/** `claviger backup-key`: the pair of keys of the backups; the private half goes to a file, once. */
export function backupKeyCommand(): Command {
  return new Command('backup-key')
    .description('Make the key with which backups are read, for a place that is not this machine')
    .requiredOption('--out <file>', 'the file that you take away')
    .addOption(dataOption())
    .option('--replace', 'make another one; earlier backups still need the earlier one', false)
    .action(run);
}
