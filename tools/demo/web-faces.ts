import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { compileMessages } from './messages.ts';

const root = join(import.meta.dirname, '../..');
const vite = join(root, 'node_modules/vite/bin/vite.js');

interface WebFace {
  readonly folder: string;
  readonly sources: readonly string[];
}

const shared = [
  'packages/web-kit/src',
  'packages/web-kit/messages',
  'packages/protocol/src',
  'packages/domain/src',
];

/** The faces that are built; everything else runs as it is written. */
const faces: readonly WebFace[] = [
  { folder: 'apps/portal', sources: ['apps/portal/src', 'apps/portal/public', ...shared] },
  { folder: 'apps/app/key-page', sources: ['apps/app/key-page/src', 'apps/app/key-page/public', ...shared] },
  { folder: 'apps/simulator', sources: ['apps/simulator/page', 'apps/simulator/src', ...shared] },
];

function newestUnder(path: string): number {
  const files = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return Math.max(
    0,
    ...files.filter((file) => file.isFile()).map((file) => changedAt(join(file.parentPath, file.name))),
  );
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isStale({ folder, sources }: WebFace): boolean {
  const builtAt = changedAt(join(root, folder, 'dist/index.html'));
  const settledAt = changedAt(join(root, folder, 'vite.config.ts'));
  return builtAt === 0 || settledAt > builtAt || sources.some((path) => newestUnder(path) > builtAt);
}

function compressible(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /\.(js|css|html|svg|json)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name));
}

/** The server sends what lies beside a file, if the browser takes it. */
function compress(file: string): void {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content));
}

async function build({ folder }: WebFace): Promise<void> {
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, folder),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`${folder} could not be built`);
  for (const file of compressible(join(root, folder, 'dist'))) compress(file);
}

/** Builds the web faces whose sources are newer than what was built; calls back before each. */
export async function buildWebFaces(onBuild: (folder: string) => void = () => undefined): Promise<void> {
  await compileMessages();
  for (const face of faces) {
    if (!isStale(face)) continue;
    onBuild(face.folder);
    await build(face);
  }
}
