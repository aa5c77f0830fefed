import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hasEnded } from './program.ts';

const root = join(import.meta.dirname, '../..');
const serveFace = join(import.meta.dirname, 'serve-face.ts');
/** The ports are those of each face's own vite.config.ts. */
const faces = [
  { name: 'Portal', folder: 'apps/portal', url: 'http://127.0.0.1:5173' },
  { name: 'Street', folder: 'apps/simulator', url: 'http://127.0.0.1:5174' },
] as const;

/** Where the demo answers what is no page: origins. */
export interface DevelopedDemo {
  readonly portal: string;
  readonly street: string;
}

/** The web faces served from their sources: what is saved shows at once. */
export interface DevelopedFaces {
  stop(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.disconnect();
  await once(child, 'exit');
}

/** Serves each web face by vite, which passes on to the running demo whatever is no page. */
export function developFaces(say: (line: string) => void, demo: DevelopedDemo): DevelopedFaces {
  const children = faces.map(({ name, folder, url }) => {
    const child = spawn(process.execPath, [serveFace, join(root, folder)], {
      env: { ...process.env, CLAVIGER_PORTAL_SERVER: demo.portal, STREET_SERVER: demo.street },
      // Over the channel it learns that this process is gone, also when that was killed.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('exit', (code) => {
      if (code !== null && code !== 0) say(`The ${name} is not served from its sources.`);
    });
    say(`  ${name.padEnd(8)} ${url}   from its sources, as they are saved`);
    return child;
  });
  return {
    stop: async () => {
      await Promise.all(children.map(end));
    },
  };
}
