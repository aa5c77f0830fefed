import { Command } from 'commander';
import { metricsTokenOf } from '../../platform/metrics.ts';
import { loadInstallationKeys } from '../../platform/secrets/index.ts';
import { dataOption, environmentOf, type DataOptions } from '../data-option.ts';
import { readInstalled } from '../installed.ts';

function run(options: DataOptions): void {
  const configuration = readInstalled(environmentOf(options));
  const { installationSecret } = loadInstallationKeys(configuration.dataFolder, configuration.mode);
  process.stdout.write(`${metricsTokenOf(installationSecret, configuration.metricsToken).revealText()}\n`);
}

/** `claviger metrics-token`: what whoever reads `/metrics` sends as `Authorization: Bearer …`. */
export function metricsTokenCommand(): Command {
  return new Command('metrics-token')
    .description('Print the token that opens /metrics')
    .addOption(dataOption())
    .action(run);
}
