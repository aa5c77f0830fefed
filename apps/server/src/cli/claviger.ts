/**
 * The `claviger` command: start, set up, import devices, issue tokens, back up, restore, verify the Audit,
 * explain decisions.
 */
import { Command, type CommanderError } from 'commander';
import { version } from '../version.ts';
import { exitCodes } from './faults.ts';

const program = new Command('claviger')
  .description('Who may open which door, when and with what')
  .version(version)
  .addHelpText(
    'after',
    '\nSettings come from CLAVIGER_* variables and <data>/claviger.json; see docs/operate.',
  );

/** Each reads what it needs, and no more: whoever asks for a decision does not wait for a server. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand(),
  setup: async () => (await import('./setup.ts')).setupCommand(),
  import: async () =>
    new Command('import')
      .description('Take in what others made')
      .addCommand((await import('./import-devices.ts')).importDevicesCommand()),
  'bootstrap-token': async () => (await import('./tokens/bootstrap-token.ts')).bootstrapTokenCommand(),
  'reset-link': async () => (await import('./tokens/reset-link.ts')).resetLinkCommand(),
  'metrics-token': async () => (await import('./tokens/metrics-token.ts')).metricsTokenCommand(),
  'backup-key': async () => (await import('./backup/backup-key.ts')).backupKeyCommand(),
  backup: async () => (await import('./backup/backup.ts')).backupCommand(),
  restore: async () => (await import('./backup/restore.ts')).restoreCommand(),
  'restore-report': async () => (await import('./backup/restore-report.ts')).restoreReportCommand(),
  audit: async () =>
    new Command('audit')
      .description('What was done and refused, as evidence')
      .addCommand((await import('./audit/verify.ts')).verifyCommand())
      .addCommand((await import('./audit/checkpoint.ts')).checkpointCommand()),
  explain: async () => (await import('./explain/explain.ts')).explainCommand(),
};

/** The command that was named; all of them where none of these was. */
async function commandsFor(named = ''): Promise<Command[]> {
  const command = Object.hasOwn(commands, named) ? commands[named] : undefined;
  return Promise.all((command ? [command] : Object.values(commands)).map((read) => read()));
}

/** Commander says itself what is wrong with a command line, and would end with 1. */
function endUsage({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : exitCodes.input);
}

function overrideExits(command: Command): void {
  command.exitOverride(endUsage);
  command.commands.forEach(overrideExits);
}

try {
  for (const command of await commandsFor(process.argv[2])) program.addCommand(command);
  overrideExits(program);
  await program.parseAsync();
} catch (error) {
  (await import('./report-fault.ts')).reportFault(error);
}
