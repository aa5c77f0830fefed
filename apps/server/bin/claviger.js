#!/usr/bin/env node
/**
 * The `claviger` command as npm links it, in plain JavaScript: a Node that cannot run the sources still says
 * which one can.
 */
import module from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const root = join(fileURLToPath(import.meta.url), '../../../..');

if (Number.parseInt(process.versions.node, 10) < neededMajor) {
  process.stderr.write(
    `claviger: This is Node ${process.versions.node}, and claviger needs Node ${neededMajor} or ` +
      `newer, which comes with its packages. Run: cd '${root}' && npx --no-install claviger\n`,
  );
  process.exitCode = 1;
} else {
  // Beside the packages, which nobody else may write to; where we may not either, it starts without.
  module.enableCompileCache(join(root, 'node_modules/.cache/compiled'));
  await import('../src/cli/claviger.ts');
}
