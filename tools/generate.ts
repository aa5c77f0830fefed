import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs every `generate-*.ts` beside it. With `--check` they write nothing and fail where a file drifted. */
const generators = readdirSync(import.meta.dirname).filter((name) => /^generate-[a-z-]+\.ts$/.test(name));

for (const name of generators.sort()) {
  const program = join(import.meta.dirname, name);
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`tools/${name} failed\n`);
    process.exitCode = 1;
  }
}
