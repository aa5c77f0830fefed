import { Command } from 'commander';
import { readRestoreReport, type LockFinding, type RestoreReport } from '../../features/restored/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { withDatabase } from '../opened-database.ts';

interface ReportOptions extends DataOptions {
  readonly json: boolean;
}

const words = (at: number): string => new Date(at).toISOString();

/** One line for each lock that has told, and one for each Key that a person may want to give again. */
function lines(finding: LockFinding): string[] {
  const { lockId, serial, kind, at, revoked, suspended, narrowed, credentials, granted } = finding;
  const who = `${words(at)}  ${serial}  lock ${lockId}`;
  if (kind === 'nothing') return [`${who}: knows nothing that is not known here`];
  if (kind === 'unproven') return [`${who}: cannot prove the list that it had; look through its Keys`];
  const stay = `stay ended: ${revoked} Keys revoked, ${suspended} suspended, ${narrowed} narrowed`;
  const keys = granted.map(({ key, type, isKnown }) =>
    isKnown ? `    had more than it has now: ${type} Key ${key}` : `    not known here: ${type} Key ${key}`,
  );
  return [`${who}: ${stay}, ${credentials} credentials`, ...keys];
}

function textOf({ restoredAt, reachedAt, told, owing }: RestoreReport): string {
  return [
    `Restored on ${words(restoredAt)}, as it was on ${words(reachedAt)}.`,
    ...told.flatMap(lines),
    ...owing.map(({ serial, lockId }) => `not heard yet   ${serial}  lock ${lockId}: decides by what it had`),
    'What had been given after the backup is not given again by itself: make those Keys anew.',
    'A device that was claimed after the backup has no owner here, and the log of the server says so: reset',
    'it, and claim it again with its pairing code.',
    '',
  ].join('\n');
}

async function run(options: ReportOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const report = await withDatabase(configuration, readRestoreReport);
  if (options.json) process.stdout.write(`${JSON.stringify(report ?? null)}\n`);
  else process.stdout.write(report ? textOf(report) : 'This installation was never restored.\n');
}

/** `claviger restore-report`: what doors have told since the last restore, and what to look after. */
export function restoreReportCommand(): Command {
  return new Command('restore-report')
    .description('Say what doors have told since the last restore, and what is to be given again')
    .addOption(dataOption())
    .option('--json', 'one line of JSON', false)
    .action(run);
}
