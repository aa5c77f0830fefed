import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { issueBootstrapToken } from '../features/accounts/index.ts';
import { ConfigurationProblem, readConfiguration, type Configuration } from '../platform/config.ts';
import { openDataFolder, settingsFileName } from '../platform/data-folder.ts';
import { loadAuthority } from '../platform/pki/authority-file.ts';
import { findInstallationMode } from '../platform/secrets/index.ts';
import { clavigerCommand } from './claviger-command.ts';
import { dataOption } from './data-option.ts';
import { isSetupInterrupted, settingsDraftName } from './installed.ts';
import { withDatabase } from './opened-database.ts';
import { CommandFault, InputFault } from './faults.ts';

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

/** The configuration that these settings will be; what does not hold was given, and nothing was made. */
function checkedConfiguration(folder: string, settings: Record<string, string>): Configuration {
  try {
    return readConfiguration({ CLAVIGER_DATA: folder }, settings);
  } catch (error) {
    if (error instanceof ConfigurationProblem) throw new InputFault(error.message, { cause: error });
    throw error;
  }
}

/** A disk of its own has this folder from the beginning. */
const notCounted = 'lost+found';

function filesOf(folder: string): string[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) throw new InputFault(`${folder} is not a folder.`);
  return readdirSync(folder).filter((name) => name !== notCounted);
}

/** Lets through a folder that is empty, or in which a setup was begun and not finished. */
function assertFree(folder: string): void {
  const files = filesOf(folder);
  if (files.includes(settingsFileName)) {
    throw new CommandFault(
      `${join(folder, settingsFileName)} is there already: this installation is set up. Edit it by hand.`,
    );
  }
  if (findInstallationMode(folder) === 'demo') {
    throw new CommandFault(
      `${folder} holds a demo. Choose another folder: a demo cannot become a real installation.`,
    );
  }
  if (files.length === 0 || isSetupInterrupted(folder)) return;
  throw new InputFault(`${folder} is not empty. Choose an empty folder, or one that does not exist yet.`);
}

/**
 * Makes keys, certificate authority and database. The settings are a draft until all of that is done: then a
 * setup that was interrupted is known, and goes on where it is run again.
 */
async function install(configuration: Configuration, settings: Record<string, string>): Promise<string> {
  const folder = configuration.dataFolder;
  const draft = join(folder, settingsDraftName);
  writeFileSync(draft, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600, flush: true });
  return withDatabase(configuration, async (database, keys) => {
    const { certificate } = await loadAuthority(join(folder, 'keys'), keys.installationId, Date.now());
    writeFileSync(join(folder, 'authority.crt'), certificate, { mode: 0o644 });
    const token = await issueBootstrapToken(database);
    renameSync(draft, join(folder, settingsFileName));
    return token;
  });
}

async function run(options: SetupOptions): Promise<void> {
  const folder = resolve(options.data);
  const settings = settingsOf(options);
  const configuration = checkedConfiguration(folder, settings);
  assertFree(folder);
  openDataFolder(folder);
  const token = await install(configuration, settings);
  process.stdout.write(
    [
      `Set up in ${folder}.`,
      `Back up ${join(folder, 'keys')} somewhere safe: without it nothing here opens any more.`,
      `Devices trust ${join(folder, 'authority.crt')}.`,
      `Start with: ${clavigerCommand('start', '--data', folder)}`,
      `Then, once and within 30 minutes: ${configuration.publicOrigin}/bootstrap#${token}`,
      '',
    ].join('\n'),
  );
}

/**
 * `claviger setup`: makes a real installation in an empty folder and prints the operator's one-time token.
 * Run again after an interruption it goes on. Refuses another folder (InputFault), and one that is set up.
 */
export function setupCommand(): Command {
  return new Command('setup')
    .description('Make a real installation')
    .addOption(dataOption('where everything is kept').makeOptionMandatory())
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
