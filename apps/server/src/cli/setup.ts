import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { issueBootstrapToken } from '../features/accounts/index.ts';
import { readConfiguration, settingsFileName } from '../platform/config.ts';
import { openDataFolder } from '../platform/data-folder.ts';
import { loadAuthority } from '../platform/pki/authority-file.ts';
import { withDatabase } from './opened-database.ts';
import { CommandFault } from './report-fault.ts';

interface SetupOptions {
  readonly data: string;
  readonly origin: string;
  readonly portal?: string;
  readonly devices?: string;
  readonly broker?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly trustProxy?: string;
}

function tlsOf({ certificate, key, trustProxy }: SetupOptions): Record<string, string> {
  if (certificate !== undefined || key !== undefined) {
    return {
      tls: 'files',
      ...(certificate === undefined ? {} : { tlsCertificate: resolve(certificate) }),
      ...(key === undefined ? {} : { tlsKey: resolve(key) }),
    };
  }
  return trustProxy === undefined ? { tls: 'own_authority' } : { tls: 'none', trustProxy };
}

function settingsOf(options: SetupOptions): Record<string, string> {
  const { portal, devices, broker } = options;
  const listeners = Object.entries({ portal, devices, broker }).filter(([, value]) => value !== undefined);
  return { mode: 'real', publicOrigin: options.origin, ...tlsOf(options), ...Object.fromEntries(listeners) };
}

function writeSettings(folder: string, settings: Record<string, string>): void {
  const path = join(folder, settingsFileName);
  if (existsSync(path))
    throw new CommandFault(`${path} is there already: this installation is set up. Edit it by hand.`);
  if (existsSync(join(folder, 'keys'))) {
    throw new CommandFault(
      `${folder} holds a demo. Choose another folder: a demo cannot become a real installation.`,
    );
  }
  openDataFolder(folder);
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600, flush: true });
  readConfiguration({ CLAVIGER_DATA: folder }, draft);
  renameSync(draft, path);
}

async function run(options: SetupOptions): Promise<void> {
  const folder = resolve(options.data);
  writeSettings(folder, settingsOf(options));
  const configuration = readConfiguration({ CLAVIGER_DATA: folder });
  const { token, authorityPath } = await withDatabase(configuration, async (database, keys) => {
    const keysFolder = join(folder, 'keys');
    const { certificate } = await loadAuthority(keysFolder, keys.installationId, Date.now());
    const path = join(folder, 'authority.crt');
    writeFileSync(path, certificate, { mode: 0o644 });
    return { token: await issueBootstrapToken(database), authorityPath: path };
  });
  process.stdout.write(
    [
      `Set up in ${folder}.`,
      `Back up ${join(folder, 'keys')} somewhere safe: without it nothing here opens any more.`,
      `Devices trust ${authorityPath}.`,
      `Start with: CLAVIGER_DATA='${folder}' npx claviger start`,
      `Then, once and within 30 minutes: ${configuration.publicOrigin}/bootstrap#${token}`,
      '',
    ].join('\n'),
  );
}

/**
 * `claviger setup`: makes a real installation in an empty folder and prints the operator's one-time token.
 */
export function setupCommand(): Command {
  return new Command('setup')
    .description('Make a real installation')
    .requiredOption('--data <folder>', 'where everything is kept')
    .requiredOption('--origin <url>', 'what people type to come here, such as https://keys.example.org')
    .option('--portal <address:port>', 'where the Portal listens')
    .option('--devices <address:port>', 'where devices enrol')
    .option('--broker <address:port>', 'where devices connect')
    .option(
      '--certificate <file>',
      'certificate chain for the Portal, PEM; without it the installation signs its own',
    )
    .option('--key <file>', 'its private key, PEM')
    .option('--trust-proxy <networks>', 'the Portal stands behind a proxy at these addresses, which does TLS')
    .action(run);
}
