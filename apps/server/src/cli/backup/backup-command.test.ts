import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';

/** Real processes on a machine that others use too. */
const programLimitMs = 400_000;
const claviger = join(import.meta.dirname, '../claviger.ts');
const parent = mkdtempSync(join(tmpdir(), 'claviger-backup-command-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(parent, 0o755);
afterAll(() => {
  rmSync(parent, { recursive: true });
});

const at = (name: string): string => join(parent, name);
const port = 21_000 + (process.pid % 9_000) * 3;
const env = { ...process.env, CLAVIGER_LOG_LEVEL: 'warn' };

function run(...args: string[]) {
  return spawnSync(process.execPath, [claviger, ...args], { env, encoding: 'utf8', timeout: programLimitMs });
}

async function withServer(folder: string, work: () => void): Promise<void> {
  const child = spawn(process.execPath, [claviger, 'start', '--json', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('{"ready"')) break;
  try {
    work();
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

describe('backup and restore on the command line', { timeout: programLimitMs }, () => {
  it('go from an installation that runs to another one, with a key that was taken away', async () => {
    const listeners = ['--portal', `127.0.0.1:${port}`, '--devices', `127.0.0.1:${port + 1}`];
    const origin = ['--origin', `https://localhost:${port}`, '--broker', `127.0.0.1:${port + 2}`];
    run('setup', '--data', at('site'), ...origin, ...listeners);

    const early = run('backup', '--to', at('backups'), '--data', at('site'));
    expect([early.status, early.stderr]).toEqual([1, expect.stringContaining('backup-key')]);
    const inside = run('backup-key', '--out', join(at('site'), 'key'), '--data', at('site'));
    expect([inside.status, inside.stderr]).toEqual([
      1,
      expect.stringContaining('would lie in the data folder'),
    ]);
    expect(run('backup-key', '--out', at('key'), '--data', at('site')).status).toBe(0);

    await withServer(at('site'), () => {
      const made = run('backup', '--to', at('backups'), '--data', at('site'));
      expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('within half a minute')]);
    });
    expect(readdirSync(join(at('backups'), 'bases'))).toHaveLength(1);

    const full = run('restore', '--from', at('backups'), '--key', at('key'), '--to', at('site'));
    expect([full.status, full.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
    const restored = run('restore', '--from', at('backups'), '--key', at('key'), '--to', at('restored'));
    expect([restored.status, restored.stdout]).toEqual([0, expect.stringContaining('restore-report')]);

    const secret = (folder: string) => readFileSync(join(folder, 'keys/installation.secret'), 'utf8');
    expect(secret(at('restored'))).toBe(secret(at('site')));
    await withServer(at('restored'), () => {
      const report = run('restore-report', '--json', '--data', at('restored'));
      expect(JSON.parse(report.stdout)).toMatchObject({ told: [], owing: [] });
      const again = run('backup', '--to', at('backups'), '--data', at('restored'));
      expect([again.status, again.stderr]).toEqual([
        1,
        expect.stringContaining('from before this installation was restored'),
      ]);
    });
  });
});
