import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import {
  findRecipient,
  isBelow,
  makeBase,
  saveBackupPath,
  type MadeBase,
} from '../../platform/backup/index.ts';
import type { Configuration } from '../../platform/config.ts';
import { engineOf, incarnationOf, withEmbedded } from '../../platform/database/index.ts';
import { loadInstallationKeys } from '../../platform/secrets/index.ts';
import { version } from '../../version.ts';
import { clavigerCommand } from '../claviger-command.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { CommandFault, InputFault } from '../faults.ts';
import { progressOf } from './progress.ts';

interface BackupOptions extends DataOptions {
  readonly to: string;
  readonly keep: number;
}

const defaultKeep = 7;

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,4}$/.test(text) && count > 0) return count;
  throw new InvalidArgumentError('It must be a number from 1.');
}

function sizes({ record, plainBytes }: MadeBase): string {
  const stored = record.files.reduce((sum, { size }) => sum + size, 0);
  return `${(plainBytes / 1_000_000).toFixed(1)} MB, ${(stored / 1_000_000).toFixed(1)} MB as they lie there`;
}

function recipientOf({ dataFolder }: Configuration): string {
  const recipient = findRecipient(dataFolder);
  if (recipient !== undefined) return recipient;
  throw new CommandFault(
    'There is no backup key yet. Make one, and take the file away: ' +
      clavigerCommand('backup-key', '--data', dataFolder, '--out', '/media/usb/claviger-backup.key'),
  );
}

async function run(options: BackupOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const { dataFolder, mode } = configuration;
  const folder = resolve(options.to);
  const engine = engineOf(configuration);
  if (engine.kind === 'external') {
    throw new CommandFault(
      'The database of this installation is another PostgreSQL (CLAVIGER_DATABASE_URL): back it up with ' +
        `its own tools, and the folder ${dataFolder} with it.`,
    );
  }
  if (isBelow(dataFolder, folder)) throw new InputFault(`${folder} lies in what is to be backed up.`);
  const recipient = recipientOf(configuration);
  const keys = loadInstallationKeys(dataFolder, mode);
  const opening = { folder: engine.folder, installationSecret: keys.installationSecret };
  await withEmbedded({ ...opening, report: () => undefined }, async (adminUrl, isServing) => {
    const of = await incarnationOf(adminUrl);
    const onProgress = progressOf('backed up');
    const parts = { adminUrl, dataFolder, folder, recipient, keys, program: version, ...of, onProgress };
    const made = await makeBase({ ...parts, keep: options.keep });
    saveBackupPath(dataFolder, folder);
    process.stdout.write(
      [
        `Backed up into ${folder}: ${sizes(made)}.`,
        ...(made.pruned > 0 ? [`Removed ${made.pruned} older of more than ${options.keep}.`] : []),
        isServing
          ? 'What happens from now on follows within half a minute, while the server runs.'
          : 'What happens from now on follows while the server runs; it does not run now.',
        '',
      ].join('\n'),
    );
  });
}

/**
 * `claviger backup`: a base backup of the installation, encrypted to its backup key, also beside a running
 * server; the log follows into the same folder.
 */
export function backupCommand(): Command {
  return new Command('backup')
    .description('Back up the installation, encrypted; from then on the server adds what happens')
    .requiredOption('--to <folder>', 'where backups are kept, on another disk or machine')
    .addOption(dataOption())
    .option('--keep <count>', 'how many bases stay; older ones go', readCount, defaultKeep)
    .action(run);
}
