import { Command } from 'commander';
import { issueBootstrapToken } from '../features/accounts/index.ts';
import { hasOperator } from '../platform/http/index.ts';
import { startServer, type RunningServer } from '../main.ts';
import { readConfiguration, type Configuration } from '../platform/config.ts';
import { openLog, type Log } from '../platform/log.ts';

/** One line of JSON for the program that started this one; people read the lines above it. */
export interface ReadyLine {
  readonly ready: true;
  readonly portalUrl: string;
  readonly devicesUrl: string;
  readonly brokerUrl: string;
  readonly authorityCertificate: string;
  /** The operator's one-time address, while nobody is. */
  readonly bootstrapUrl?: string;
}

/** Stops on the first signal; a second one ends the process at once. */
function stopOnSignal(running: RunningServer, log: Log): (cause: string) => void {
  let isStopping = false;
  const stop = (cause: string): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info('stopping', { note: cause });
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal('could not stop cleanly', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return stop;
}

/**
 * Stops when the program that started this one over a channel is gone, as after kill -9; without such a
 * channel nothing happens.
 */
function stopWithParent(hadParent: boolean, stop: () => void): void {
  if (!hadParent) return;
  if (process.connected) process.once('disconnect', stop);
  else stop();
}

async function bootstrapUrlOf(
  { database }: RunningServer,
  { publicOrigin }: Configuration,
): Promise<string | undefined> {
  if (await database.transact({ kind: 'installation' }, hasOperator)) return undefined;
  return `${publicOrigin}/bootstrap#${await issueBootstrapToken(database)}`;
}

function readyLine(running: RunningServer, bootstrapUrl: string | undefined): ReadyLine {
  const { portalUrl, devicesUrl, brokerUrl, authorityCertificate } = running;
  const line: ReadyLine = { ready: true, portalUrl, devicesUrl, brokerUrl, authorityCertificate };
  return bootstrapUrl === undefined ? line : { ...line, bootstrapUrl };
}

function greeting({ mode, publicOrigin }: Configuration, bootstrapUrl: string | undefined): string {
  const serving = `Claviger (${mode}) serves ${publicOrigin}`;
  return bootstrapUrl === undefined
    ? serving
    : `${serving}\nBecome the operator within 30 minutes: ${bootstrapUrl}`;
}

async function start(options: { readonly json: boolean }): Promise<void> {
  const hadParent = process.connected;
  const configuration = readConfiguration(process.env);
  const log = openLog(configuration.logLevel, process.stderr);
  const running = await startServer(configuration, log);
  const stop = stopOnSignal(running, log);
  stopWithParent(hadParent, () => {
    stop('the program that started this one is gone');
  });
  const bootstrapUrl = await bootstrapUrlOf(running, configuration);
  const text = options.json
    ? JSON.stringify(readyLine(running, bootstrapUrl))
    : greeting(configuration, bootstrapUrl);
  process.stdout.write(`${text}\n`);
}

export function startCommand(): Command {
  return new Command('start')
    .description('Start the server')
    .option('--json', 'print one line of JSON when everything serves', false)
    .action(start);
}
