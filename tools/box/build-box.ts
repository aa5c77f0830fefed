/**
 * `npm run box`: writes the program of a door box as one file, `apps/edge/dist/box.mjs`, which needs Node 24
 * and nothing beside it (decision record 0060).
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';

const edge = join(import.meta.dirname, '../../apps/edge');
/** Where the program of a box lies once it is built. */
export const boxFile = join(edge, 'dist/box.mjs');

/** Builds it anew. Throws where a module cannot be found. */
export async function buildBox(): Promise<void> {
  // Only where it is built: who asks where the file lies has no use for Vite.
  const { build } = await import('vite');
  await build({
    root: edge,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(edge, 'src/main.ts'),
      outDir: 'dist',
      target: 'node24',
      minify: true,
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: 'box.mjs', codeSplitting: false } },
    },
  });
}

if (import.meta.main) {
  await buildBox();
  const kilobytes = Math.round(statSync(boxFile).size / 1_000);
  console.log(`apps/edge/dist/box.mjs: ${kilobytes} kB`);
}
