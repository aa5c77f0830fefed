import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { importDevices, readStock } from '../features/devices/index.ts';
import { deriveSecret } from '../platform/secrets/index.ts';
import { readInstalled } from './installed.ts';
import { withDatabase } from './opened-database.ts';
import { InputFault } from './report-fault.ts';

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new InputFault(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function run(path: string): Promise<void> {
  const configuration = readInstalled(process.env);
  const entries = readStock(readText(path), configuration.mode === 'demo');
  const { added, known } = await withDatabase(configuration, (database, keys) =>
    importDevices(database, entries, deriveSecret(keys.installationSecret, 'pairing codes')),
  );
  process.stdout.write(`${added} devices added, ${known} known already\n`);
}

/**
 * `claviger import devices FILE`: a CSV of serial numbers, pairing codes and models; also beside a running
 * server.
 */
export function importDevicesCommand(): Command {
  return new Command('devices')
    .description('Import devices: a CSV with the header serial,code,model (- for standard input)')
    .argument('<file>')
    .action(run);
}
