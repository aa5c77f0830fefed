import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { beginRestored } from '../../features/restored/index.ts';
import {
  openSecrets,
  planRestore,
  putSecrets,
  readBackupKey,
  restoreDatabase,
  type RestorePlan,
} from '../../platform/backup/index.ts';
import { openDataFolder } from '../../platform/data-folder.ts';
import { withEmbedded, type DatabaseNotice } from '../../platform/database/index.ts';
import { Secret } from '../../platform/secrets/index.ts';
import { clavigerCommand } from '../claviger-command.ts';
import { restoreDraftName } from '../installed.ts';
import { InputFault } from '../faults.ts';
import { progressOf } from './progress.ts';

interface RestoreOptions {
  readonly from: string;
  readonly key: string;
  readonly to: string;
  readonly at?: number;
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function readInstant(text: string): number {
  const at = instantForm.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError('Write it with its zone, such as 2026-11-29T13:30:00Z or …T14:30+01:00.');
}

const notCounted = ['lost+found'];

/** Lets through a folder that is empty, or in which a restore was begun and not finished: that goes. */
function clear(folder: string): void {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => !notCounted.includes(name)) : [];
  if (found.length > 0 && !found.includes(restoreDraftName)) {
    throw new InputFault(`${folder} is not empty. Choose an empty folder, or one that does not exist yet.`);
  }
  for (const name of found)
    if (name !== restoreDraftName) rmSync(join(folder, name), { recursive: true, force: true });
}

const words = (at: number): string => new Date(at).toISOString();

/** The last thing that PostgreSQL said is why it did not start. */
function listenTo(notice: DatabaseNotice): void {
  if (notice.kind === 'postgres_said' && /^LOG:\s+(recovery stopping|redo done)/.test(notice.line))
    process.stderr.write(`${notice.line.replace(/^LOG:\s+/, '')}\n`);
}

async function restore(plan: RestorePlan, options: RestoreOptions, folder: string): Promise<void> {
  const key = readBackupKey(resolve(options.key));
  const secrets = await openSecrets(plan, key);
  openDataFolder(folder);
  writeFileSync(join(folder, restoreDraftName), '', { mode: 0o600 });
  const postgres = join(folder, 'postgres');
  const onProgress = progressOf('restored');
  await restoreDatabase(plan, { folder: postgres, key, secrets, report: listenTo, onProgress });
  const secret = secrets.get('keys/installation.secret')?.toString('utf8').trim() ?? '';
  const opening = { folder: postgres, installationSecret: new Secret(Buffer.from(secret, 'hex')) };
  await withEmbedded({ ...opening, report: () => undefined }, (adminUrl) =>
    beginRestored(
      { adminUrl, installationSecret: opening.installationSecret },
      {
        installationId: plan.base.record.installationId,
        restoredAt: Date.now(),
        reachedAt: plan.reaches,
      },
    ),
  );
  putSecrets(folder, secrets);
  rmSync(join(folder, restoreDraftName));
}

async function run(options: RestoreOptions): Promise<void> {
  const folder = resolve(options.to);
  clear(folder);
  const plan = planRestore(resolve(options.from), readBackupKey(resolve(options.key)), options.at);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o755 });
  await restore(plan, options, folder);
  process.stdout.write(
    [
      `Restored into ${folder}, as it was on ${words(plan.reaches)}.`,
      'Make sure that the server from which this was taken never starts again.',
      `Start with: ${clavigerCommand('start', '--data', folder)}`,
      'Everybody signs in again. Each door reports what it knows before it is told anything new: what had',
      'been ended stays ended, what had been given since then is not given again. What they tell shows:',
      `  ${clavigerCommand('restore-report', '--data', folder)}`,
      `Then back up again, into another folder than ${resolve(options.from)}.`,
      '',
    ].join('\n'),
  );
}

/**
 * `claviger restore`: makes an installation again from a backup, in an empty folder, up to an instant or to
 * the end. Run again after an interruption it begins anew.
 */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Make an installation again from a backup')
    .requiredOption('--from <folder>', 'the folder of backups')
    .requiredOption('--key <file>', 'the backup key that was taken away')
    .requiredOption('--to <folder>', 'the new data folder, empty')
    .option(
      '--at <instant>',
      'as it was then, such as 2026-11-29T13:30:00Z; without it the newest',
      readInstant,
    )
    .action(run);
}
