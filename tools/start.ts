/**
 * `npm start`: the demo in `./data`, built if need be. `--watch` (`npm run dev`) starts it again when
 * sources change.
 */
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { startDemo, type Demo } from './demo/demo.ts';
import { onceNpmIsGone } from './demo/npm-parent.ts';
import { buildWebFaces } from './demo/web-faces.ts';

const root = join(import.meta.dirname, '..');
/** Sources often change several at a time: a formatter, a branch. */
const calmMs = 400;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function start(): Promise<Demo> {
  await buildWebFaces((folder) => {
    say(`Building ${folder} …`);
  });
  const dataFolder = resolve(process.env['CLAVIGER_DATA'] ?? join(root, 'data'));
  const demo = await startDemo({ dataFolder, streetPort: Number(process.env['STREET_PORT'] ?? 3100) });
  say('');
  say('Claviger demo: virtual doors, this machine only.');
  say(`  Portal   ${demo.portalUrl}/register   register with a serial number and pairing code`);
  say(`  Street   ${demo.streetUrl}   the doors, with their labels`);
  if (demo.bootstrapUrl !== undefined) say(`  Operator ${demo.bootstrapUrl}   once, within 30 minutes`);
  say(`  Logs     ${join(dataFolder, 'logs')}`);
  say('Stop with Ctrl+C.');
  return demo;
}

function onceChanged(): Promise<void> {
  const { promise, resolve: changed } = Promise.withResolvers<undefined>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = ['apps', 'packages'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (file === null || /(^|\/)(dist|generated|node_modules)\//.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const watcher of watchers) watcher.close();
        changed(undefined);
      }, calmMs);
    }),
  );
  return promise;
}

/** A program that ended by itself takes the demo with it: half a demo explains nothing. */
function endTogether(demo: Demo): void {
  for (const { name, process: child } of [demo.server, demo.street]) {
    child.once('exit', () => {
      say(`${name} has ended; see the logs`);
      void demo.stop().then(() => process.exit(1));
    });
  }
}

async function run(): Promise<void> {
  onceNpmIsGone(() => process.kill(process.pid, 'SIGTERM'));
  const isWatching = process.argv.includes('--watch');
  for (;;) {
    const demo = await start();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeAllListeners(signal).once(signal, () => {
        for (const { process: child } of [demo.server, demo.street]) child.removeAllListeners('exit');
        void demo.stop().then(() => process.exit(0));
      });
    }
    if (!isWatching) {
      endTogether(demo);
      return;
    }
    await onceChanged();
    say('Something changed: starting again.');
    await demo.stop();
  }
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
