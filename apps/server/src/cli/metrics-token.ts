import { Command } from 'commander';
import { metricsTokenOf } from '../platform/metrics.ts';
import { loadInstallationKeys } from '../platform/secrets/index.ts';
import { readInstalled } from './installed.ts';

function run(): void {
  const configuration = readInstalled(process.env);
  const { installationSecret } = loadInstallationKeys(configuration.dataFolder);
  process.stdout.write(`${metricsTokenOf(installationSecret, configuration.metricsToken).revealText()}\n`);
}

/** `claviger metrics-token`: what whoever reads `/metrics` sends as `Authorization: Bearer …`. */
export function metricsTokenCommand(): Command {
  return new Command('metrics-token').description('Print the token that opens /metrics').action(run);
}
