import { readConfiguration, type Configuration } from '../platform/config.ts';
import { hasInstallationKeys } from '../platform/secrets/index.ts';
import { InputFault } from './report-fault.ts';

/**
 * The configuration of an installation that is there. Refuses (InputFault) a folder without one: a command
 * that made new keys in a mistyped folder would answer for an installation that nobody has.
 */
export function readInstalled(environment: NodeJS.ProcessEnv): Configuration {
  const configuration = readConfiguration(environment);
  const { dataFolder } = configuration;
  if (hasInstallationKeys(dataFolder)) return configuration;
  throw new InputFault(
    `There is no installation in ${dataFolder}. Set CLAVIGER_DATA to the folder of one, ` +
      'or make one with: claviger setup',
  );
}
