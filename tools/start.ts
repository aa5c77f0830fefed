/**
 * `npm start`: the demo in `./data`, built if need be; a program of it that is killed is started again.
 * `--server-only` leaves the street away. `--watch` (`npm run dev`) starts everything again when sources
 * change.
 */
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { developFaces } from './demo/developed-faces.ts';
import { launchDemo, type Launched } from './demo/launch.ts';
import { compileMessages } from './demo/messages.ts';
import { onceNpmIsGone } from './demo/npm-parent.ts';
import { buildWebFaces } from './demo/web-faces.ts';

const root = join(import.meta.dirname, '..');
/** Sources often change several at a time: a formatter, a branch. */
const calmMs = 400;
/**
 * A terminal signals everybody in it, and npm passes on what it got: a signal that comes this soon after the
 * first is the same one once more.
 */
const sameSignalWithinMs = 2_000;

const streetPort = Number(process.env['STREET_PORT'] ?? 3100);
const usage = 'Usage: npm start [-- --server-only], or npm run dev';
/** As of `claviger`: what was given does not hold. */
const inputExitCode = 2;

function readWanted() {
  try {
    const { values } = parseArgs({
      options: {
        watch: { type: 'boolean', default: false },
        'server-only': { type: 'boolean', default: false },
      },
    });
    if (!Number.isInteger(streetPort)) throw new Error('STREET_PORT must be a port number.');
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exit(inputExitCode);
  }
}

const wanted = readWanted();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function explain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

async function launch(): Promise<Launched> {
  await buildWebFaces((folder) => {
    say(`Building ${folder} …`);
  });
  say('');
  const launched = await launchDemo({
    dataFolder: resolve(process.env['CLAVIGER_DATA'] ?? join(root, 'data')),
    streetPort,
    isServerOnly: wanted['server-only'],
    say,
  });
  say('Stop with Ctrl+C.');
  return launched;
}

/** Resolves when somebody wants this to stop; who asks again later is not kept waiting. */
function onceAskedToStop(): Promise<'asked'> {
  const { promise, resolve: asked } = Promise.withResolvers<'asked'>();
  let firstAt: number | undefined;
  const hear = (): void => {
    firstAt ??= performance.now();
    if (performance.now() - firstAt > sameSignalWithinMs) process.exit(1);
    asked('asked');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear);
  onceNpmIsGone(hear);
  return promise;
}

/** What the demo's programs run; the web faces are served from their sources meanwhile. */
const programSources = [
  /^apps\/(server|edge|simulator)\/src\//,
  /^apps\/server\/migrations\//,
  /^apps\/app\/key-page\/(src|public)\//,
  /^packages\/(?!web-kit)[^/]+\/src\//,
];
const messageSources = /^(packages\/web-kit|apps\/simulator\/page)\/messages\//;

/** Resolves once, a moment after sources of programs were changed; messages are compiled as they change. */
function onceChanged(): { readonly changed: Promise<'changed'>; readonly close: () => void } {
  const { promise, resolve: changed } = Promise.withResolvers<'changed'>();
  let timer: NodeJS.Timeout | undefined;
  const hear = (folder: string, file: string | null): void => {
    const path = `${folder}/${(file ?? '').replaceAll('\\', '/')}`;
    if (messageSources.test(path)) void compileMessages().catch(explain);
    if (!programSources.some((of) => of.test(path)) || /\/generated\/|\.test\.ts$/.test(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed('changed');
    }, calmMs);
  };
  const watchers = ['apps', 'packages'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      hear(folder, file);
    }),
  );
  return {
    changed: promise,
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Until it is asked to stop: what does not start waits for the change that repairs it. */
async function develop(asked: Promise<'asked'>): Promise<void> {
  const faces = developFaces(say, {
    portal: `http://${process.env['CLAVIGER_PORTAL'] ?? '127.0.0.1:3000'}`,
    street: `http://127.0.0.1:${streetPort}`,
  });
  for (;;) {
    const { changed, close } = onceChanged();
    const launched = await launch().catch(explain);
    const sayWhyOver = (why: string): Promise<never> => {
      explain(why);
      return Promise.withResolvers<never>().promise;
    };
    const cause = await Promise.race([asked, changed, launched?.over.then(sayWhyOver) ?? asked]);
    close();
    if (cause === 'changed') say('Something changed: starting again.');
    await launched?.stop();
    if (cause === 'asked') break;
  }
  await faces.stop();
}

/** A terminal ends also what only prepares the start: then nothing went wrong, and nothing is said. */
async function launchUnless(asked: Promise<'asked'>): Promise<Launched> {
  try {
    return await launch();
  } catch (error) {
    const cause = await Promise.race([asked, Promise.resolve('fault')]);
    if (cause === 'asked') process.exit(0);
    throw error;
  }
}

async function run(): Promise<void> {
  const asked = onceAskedToStop();
  if (wanted.watch) {
    await develop(asked);
    process.exit(0);
  }
  const launched = await launchUnless(asked);
  const why = await Promise.race([asked, launched.over]);
  if (why !== 'asked') explain(why);
  await launched.stop();
  process.exit(why === 'asked' ? 0 : 1);
}

try {
  await run();
} catch (error) {
  explain(error);
  process.exit(1);
}
