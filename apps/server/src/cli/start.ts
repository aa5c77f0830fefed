import { Command } from 'commander';
import { offerBootstrapToken, type HeldBootstrapToken } from '../features/accounts/index.ts';
import { hasOperator } from '../platform/http/index.ts';
import { startServer, type RunningServer } from '../main.ts';
import { readConfiguration, type Configuration } from '../platform/config.ts';
import { openLog, type Log } from '../platform/log.ts';
import { heldLinkText } from './claviger-command.ts';
import { dataOption, environmentOf, type DataOptions } from './data-option.ts';
import { readInstalled } from './installed.ts';

/** One line of JSON for the program that started this one; people read the lines above it. */
export interface ReadyLine {
  readonly ready: true;
  readonly portalUrl: string;
  readonly devicesUrl: string;
  readonly brokerUrl: string;
  readonly authorityCertificate: string;
  /** The operator's one-time address, while nobody is. */
  readonly bootstrapUrl?: string;
  /** Instead of it, while one that was shown before still holds. */
  readonly bootstrapHeld?: HeldBootstrapToken;
}

/**
 * A terminal signals everybody in it, and npm passes on what it got: a signal that comes this soon after the
 * first is the same one once more, a later one is a person's who does not want to wait.
 */
const sameSignalWithinMs = 2_000;

interface Stopping {
  readonly isAsked: () => boolean;
  readonly stop: (cause: string) => void;
}

/** Stops once what is starting has started; then no PostgreSQL is left. */
function stopInOrder(starting: Promise<RunningServer>, log: Log): Stopping {
  let isAsked = false;
  const stop = (cause: string): void => {
    if (isAsked) return;
    isAsked = true;
    log.info('stopping', { note: cause });
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal('could not stop cleanly', { error });
          process.exit(1);
        },
      );
  };
  return { isAsked: () => isAsked, stop };
}

/** Stops on the first signal; another one, unless it is the same once more, ends the process at once. */
function stopOnSignal({ stop }: Stopping): void {
  let firstAt: number | undefined;
  const hear = (signal: string): void => {
    firstAt ??= performance.now();
    if (performance.now() - firstAt > sameSignalWithinMs) process.exit(1);
    stop(signal);
  };
  process.on('SIGTERM', hear).on('SIGINT', hear);
}

/**
 * Stops when the program that started this one over a channel has closed it, or is gone, as after kill -9;
 * without such a channel nothing happens.
 */
function stopWithParent(hadParent: boolean, stop: () => void): void {
  if (!hadParent) return;
  if (!process.connected) {
    stop();
    return;
  }
  process.once('disconnect', stop);
  // The channel alone is no reason to stay: a server that could not start has to end with its exit code.
  process.channel?.unref();
}

type OperatorLink = Pick<ReadyLine, 'bootstrapUrl' | 'bootstrapHeld'>;

/** How somebody becomes the first operator; nothing where there is one. */
async function operatorLinkOf(
  { database }: RunningServer,
  { publicOrigin }: Configuration,
): Promise<OperatorLink> {
  if (await database.transact({ kind: 'installation' }, hasOperator)) return {};
  const offered = await offerBootstrapToken(database);
  return 'token' in offered
    ? { bootstrapUrl: `${publicOrigin}/bootstrap#${offered.token}` }
    : { bootstrapHeld: offered };
}

function readyLine(running: RunningServer, link: OperatorLink): ReadyLine {
  const { portalUrl, devicesUrl, brokerUrl, authorityCertificate } = running;
  return { ready: true, portalUrl, devicesUrl, brokerUrl, authorityCertificate, ...link };
}

function greeting(
  { mode, publicOrigin, dataFolder }: Configuration,
  { bootstrapUrl, bootstrapHeld }: OperatorLink,
): string {
  return [
    `Claviger (${mode}) serves ${publicOrigin}`,
    ...(bootstrapUrl === undefined ? [] : [`Become the operator within 30 minutes: ${bootstrapUrl}`]),
    ...(bootstrapHeld ? [`To become the operator, ${heldLinkText(bootstrapHeld, dataFolder)}`] : []),
  ].join('\n');
}

interface StartOptions extends DataOptions {
  readonly json: boolean;
  readonly demo: boolean;
}

/** Makes an installation only where a demo is asked for: a mistyped folder is no new one. */
function configurationFor(options: StartOptions): Configuration {
  const environment = environmentOf(options);
  return options.demo
    ? readConfiguration({ ...environment, CLAVIGER_MODE: 'demo' })
    : readInstalled(environment);
}

async function start(options: StartOptions): Promise<void> {
  const hadParent = process.connected;
  const configuration = configurationFor(options);
  const log = openLog(configuration.logLevel, process.stderr);
  const starting = startServer(configuration, log);
  const stopping = stopInOrder(starting, log);
  stopOnSignal(stopping);
  stopWithParent(hadParent, () => {
    stopping.stop('the program that started this one has let go');
  });
  const running = await starting;
  if (stopping.isAsked()) return;
  const link = await operatorLinkOf(running, configuration);
  const text = options.json ? JSON.stringify(readyLine(running, link)) : greeting(configuration, link);
  process.stdout.write(`${text}\n`);
}

export function startCommand(): Command {
  return new Command('start')
    .description('Start the server')
    .addOption(dataOption())
    .option('--demo', 'run a demo, and make one where no installation is', false)
    .option('--json', 'print one line of JSON when everything serves', false)
    .action(start);
}
