import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a generated file (its path from the root of the repository). With `--check` on the command line it
 * writes nothing, and says which file has drifted by the exit code 1.
 */
export async function generate(path: string, text: string): Promise<void> {
  const file = join(root, path);
  if ((await textOf(file)) === text) return;
  if (process.argv.includes('--check')) {
    process.stderr.write(`${path} has drifted: run npm run generate\n`);
    process.exitCode = 1;
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  process.stdout.write(`${path} written\n`);
}
