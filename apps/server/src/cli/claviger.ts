/**
 * The `claviger` command: start, set up, import devices, issue tokens, back up, restore, verify the Audit,
 * explain decisions.
 */
import { Command, type CommanderError } from 'commander';
import { version } from '../app.ts';
import { checkpointCommand } from './audit/checkpoint.ts';
import { verifyCommand } from './audit/verify.ts';
import { backupKeyCommand } from './backup/backup-key.ts';
import { backupCommand } from './backup/backup.ts';
import { restoreReportCommand } from './backup/restore-report.ts';
import { restoreCommand } from './backup/restore.ts';
import { bootstrapTokenCommand } from './bootstrap-token.ts';
import { explainCommand } from './explain/explain.ts';
import { importDevicesCommand } from './import-devices.ts';
import { metricsTokenCommand } from './metrics-token.ts';
import { exitCodes, reportFault } from './report-fault.ts';
import { resetLinkCommand } from './reset-link.ts';
import { setupCommand } from './setup.ts';
import { startCommand } from './start.ts';

const program = new Command('claviger')
  .description('Who may open which door, when and with what')
  .version(version)
  .addHelpText(
    'after',
    '\nSettings come from CLAVIGER_* variables and <data>/claviger.json; see docs/operate.',
  )
  .addCommand(startCommand())
  .addCommand(setupCommand())
  .addCommand(
    new Command('import').description('Take in what others made').addCommand(importDevicesCommand()),
  )
  .addCommand(bootstrapTokenCommand())
  .addCommand(resetLinkCommand())
  .addCommand(metricsTokenCommand())
  .addCommand(backupKeyCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(restoreReportCommand())
  .addCommand(
    new Command('audit')
      .description('What was done and refused, as evidence')
      .addCommand(verifyCommand())
      .addCommand(checkpointCommand()),
  )
  .addCommand(explainCommand());

/** Commander says itself what is wrong with a command line, and would end with 1. */
function endUsage({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : exitCodes.input);
}

function overrideExits(command: Command): void {
  command.exitOverride(endUsage);
  command.commands.forEach(overrideExits);
}

overrideExits(program);
try {
  await program.parseAsync();
} catch (error) {
  reportFault(error);
}
