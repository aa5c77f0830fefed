import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import {
  CheckpointProblem,
  checkpointSignerOf,
  readCheckpointFile,
  verifyAudit,
  type AuditReport,
} from '../../platform/audit/index.ts';
import { loadInstallationKeys, type InstallationKeys } from '../../platform/secrets/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';
import { withDatabase } from '../opened-database.ts';
import { exitCodes, InputFault } from '../faults.ts';
import { chainLines, checkpointFaultText, counted } from './words.ts';

interface VerifyOptions extends DataOptions {
  readonly checkpoint?: string;
  readonly json: boolean;
}

function readExported(path: string, { installationSecret }: InstallationKeys) {
  try {
    return readCheckpointFile(readFileSync(path, 'utf8'), checkpointSignerOf(installationSecret));
  } catch (error) {
    if (error instanceof CheckpointProblem) throw new InputFault(`${path}: ${error.message}`);
    if (error instanceof Error && 'code' in error) throw new InputFault(`${path} cannot be read.`);
    throw error;
  }
}

const notProven = [
  'Whoever can write to the database can compute all of it again: only a checkpoint that was kept elsewhere',
  'proves that nobody did (--checkpoint <file>).',
];

function write(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

function summary({ chains, checkpoints, hasUnchained, isWhole }: AuditReport, isCompared: boolean): string[] {
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
  const sizes = [
    `${counted(entries, 'entry', 'entries')} in ${counted(chains.length, 'chain', 'chains')}`,
    counted(checkpoints.count, 'checkpoint', 'checkpoints'),
  ];
  return [
    ...(checkpoints.fault ? [checkpointFaultText(checkpoints.fault)] : []),
    ...(hasUnchained ? ['There are older entries without a place in a chain: start the server once.'] : []),
    `${isWhole ? 'Whole' : 'NOT whole'}: ${sizes.join(', ')}.`,
    ...(isWhole && !isCompared ? notProven : []),
  ];
}

async function run(options: VerifyOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const keys = loadInstallationKeys(configuration.dataFolder, configuration.mode);
  const exported = options.checkpoint === undefined ? undefined : readExported(options.checkpoint, keys);
  const report = await withDatabase(configuration, (database) =>
    verifyAudit(database, {
      installationSecret: keys.installationSecret,
      exported,
      onChain: (chain) => {
        if (!options.json) write(chainLines(chain));
      },
    }),
  );
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else write(summary(report, options.checkpoint !== undefined));
  if (!report.isWhole) process.exitCode = exitCodes.fault;
}

/** `claviger audit verify`: computes every chain again, and names the first bad entry of each. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('Compute the whole Audit again, and name the first bad entry of each chain')
    .addOption(dataOption())
    .option('--checkpoint <file>', 'compare with a checkpoint that was exported and kept elsewhere')
    .option('--json', 'one line of JSON', false)
    .action(run);
}
