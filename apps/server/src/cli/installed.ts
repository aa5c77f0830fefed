import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration, type Configuration } from '../platform/config.ts';
import { settingsFileName } from '../platform/data-folder.ts';
import { hasInstallationKeys } from '../platform/secrets/index.ts';
import { clavigerCommand } from './claviger-command.ts';
import { InputFault } from './faults.ts';

/** The settings of a setup that is not over; its last step gives them their name. */
export const settingsDraftName = `${settingsFileName}.new`;

/** Lies in a folder while a restore is made there. */
export const restoreDraftName = 'restore.unfinished';

/** Whether a setup was begun in this folder and did not come to its end. */
export function isSetupInterrupted(folder: string): boolean {
  return existsSync(join(folder, settingsDraftName)) && !existsSync(join(folder, settingsFileName));
}

/**
 * The configuration of an installation that is there. Refuses (InputFault) a folder without one: a command
 * that made new keys in a mistyped folder would answer for an installation that nobody has.
 */
export function readInstalled(environment: NodeJS.ProcessEnv): Configuration {
  const configuration = readConfiguration(environment);
  const { dataFolder } = configuration;
  if (isSetupInterrupted(dataFolder)) {
    throw new InputFault(`The setup in ${dataFolder} was interrupted. Run the same claviger setup again.`);
  }
  if (existsSync(join(dataFolder, restoreDraftName))) {
    throw new InputFault(
      `The restore into ${dataFolder} was interrupted. Run the same claviger restore again.`,
    );
  }
  if (hasInstallationKeys(dataFolder)) return configuration;
  throw new InputFault(
    `There is no installation in ${dataFolder}. Name the folder of one with --data or CLAVIGER_DATA, or ` +
      `make one with: ${clavigerCommand('setup')}`,
  );
}
