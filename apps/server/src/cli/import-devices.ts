import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { importDevices, readStock } from '../features/devices/index.ts';
import { deriveSecret } from '../platform/secrets/index.ts';
import { dataOption, environmentOf, type DataOptions } from './data-option.ts';
import { readInstalled } from './installed.ts';
import { withDatabase } from './opened-database.ts';
import { InputFault } from './faults.ts';

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new InputFault(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface ImportOptions extends DataOptions {
  readonly replaceCodes: boolean;
}

function devices(count: number): string {
  return count === 1 ? '1 device' : `${count} devices`;
}

async function run(path: string, options: ImportOptions): Promise<void> {
  const configuration = readInstalled(environmentOf(options));
  const entries = readStock(readText(path), configuration.mode === 'demo');
  const { added, known, replaced } = await withDatabase(configuration, (database, keys) =>
    importDevices(database, entries, {
      pepper: deriveSecret(keys.installationSecret, 'pairing codes'),
      isReplacingCodes: options.replaceCodes,
    }),
  );
  const codes = options.replaceCodes ? `, ${replaced} of them with a new code` : '';
  process.stdout.write(`${devices(added)} added, ${known} known already${codes}\n`);
}

/**
 * `claviger import devices FILE`: a CSV of serial numbers, pairing codes and models; also beside a running
 * server.
 */
export function importDevicesCommand(): Command {
  return new Command('devices')
    .description('Import devices: a CSV with the header serial,code,model (- for standard input)')
    .argument('<file>')
    .addOption(dataOption())
    .option('--replace-codes', 'devices that are known take the codes of the file', false)
    .action(run);
}
