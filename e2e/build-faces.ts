import { buildWebFaces } from '../tools/demo/web-faces.ts';

/** Builds the web faces once, before the first story. */
export default async function buildFaces(): Promise<void> {
  const startedAt = performance.now();
  await buildWebFaces();
  process.stdout.write(`web faces built in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
}
