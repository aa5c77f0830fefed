import { StockFault } from '../features/devices/index.ts';
import { BackupProblem } from '../platform/backup/index.ts';
import { ConfigurationProblem } from '../platform/config.ts';
import { DataFolderProblem } from '../platform/data-folder.ts';
import { DatabaseProblem } from '../platform/database/index.ts';
import { AuthorityProblem } from '../platform/pki/authority-file.ts';
import { KeysProblem } from '../platform/secrets/index.ts';
import { CommandFault, exitCodes, InputFault } from './faults.ts';

function isOfInput(error: unknown): boolean {
  return [InputFault, StockFault].some((kind) => error instanceof kind);
}

/** Faults whose message is a sentence for whoever runs the command. */
const explained = [
  AuthorityProblem,
  BackupProblem,
  ConfigurationProblem,
  DatabaseProblem,
  DataFolderProblem,
  KeysProblem,
  StockFault,
  CommandFault,
];

const listenSentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program. Stop it, or choose another port',
  EACCES: 'may not be used by this user. Choose a port above 1023',
  EADDRNOTAVAIL: 'is not an address of this machine',
};

const systemSentences: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, or choose a folder on another disk.',
  EDQUOT: 'The disk is full for this user. Free some space, or choose a folder on another disk.',
  EROFS: 'The disk is read-only. Choose a folder that can be written.',
};

function systemFault(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? systemSentences[String(error.code)] : undefined;
}

/** What to say of a listener that could not be opened, or undefined for another fault. */
function listenFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('port' in error)) return undefined;
  const sentence = listenSentences[String(error.code)];
  const place = `${'address' in error ? String(error.address) : ''}:${String(error.port)}`;
  return sentence && `${place} ${sentence} (CLAVIGER_PORTAL, CLAVIGER_DEVICES, CLAVIGER_BROKER).`;
}

/**
 * Says what went wrong on the terminal, without a stack where a sentence tells all, and sets the exit code.
 */
export function reportFault(error: unknown): void {
  const isExplained = explained.some((kind) => error instanceof kind);
  const text =
    isExplained && error instanceof Error ? error.message : (listenFault(error) ?? systemFault(error));
  process.stderr.write(
    `claviger: ${text ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exitCode = isOfInput(error) ? exitCodes.input : exitCodes.fault;
}
