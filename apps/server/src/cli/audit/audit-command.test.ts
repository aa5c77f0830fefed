import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { askDatabase } from '../../../test/ask-database.ts';
import { withEmbedded } from '../../platform/database/index.ts';
import { loadInstallationKeys } from '../../platform/secrets/index.ts';

/** Real processes on a machine that others use too. */
const programLimitMs = 400_000;
const claviger = join(import.meta.dirname, '../claviger.ts');
const parent = mkdtempSync(join(tmpdir(), 'claviger-audit-command-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(parent, 0o755);
afterAll(() => {
  rmSync(parent, { recursive: true });
});

const folder = join(parent, 'demo');
const port = 22_000 + (process.pid % 9_000) * 3;
const env = {
  ...process.env,
  CLAVIGER_LOG_LEVEL: 'warn',
  CLAVIGER_PORTAL: `127.0.0.1:${port}`,
  CLAVIGER_DEVICES: `127.0.0.1:${port + 1}`,
  CLAVIGER_BROKER: `127.0.0.1:${port + 2}`,
};

function audit(...args: string[]) {
  const words = ['audit', ...args, '--data', folder];
  return spawnSync(process.execPath, [claviger, ...words], {
    env,
    encoding: 'utf8',
    timeout: programLimitMs,
  });
}

async function withServer<Result>(work: (portalUrl: string) => Promise<Result>): Promise<Result> {
  const child = spawn(process.execPath, [claviger, 'start', '--demo', '--json', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let portalUrl = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"ready"')) continue;
    ({ portalUrl } = JSON.parse(line) as { portalUrl: string });
    break;
  }
  try {
    return await work(portalUrl);
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

function refuseSignIn(portalUrl: string, email: string): Promise<Response> {
  return fetch(`${portalUrl}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portalUrl },
    body: JSON.stringify({ email, password: 'wrong horse battery' }),
  });
}

/** As somebody who has got hold of the database does. */
function tamper(text: string): Promise<unknown> {
  const { installationSecret } = loadInstallationKeys(folder, 'demo');
  const postgres = join(folder, 'postgres');
  return withEmbedded({ folder: postgres, installationSecret, report: () => undefined }, (adminUrl) =>
    askDatabase(adminUrl, text),
  );
}

describe('claviger audit', { timeout: programLimitMs }, () => {
  it('verifies beside a running server and without, and names what was tampered with', async () => {
    const file = join(parent, 'kept.json');
    await withServer(async (portalUrl) => {
      for (const email of ['a@example.com', 'b@example.com']) await refuseSignIn(portalUrl, email);
      const whole = audit('verify');
      expect([whole.status, whole.stdout]).toEqual([
        0,
        expect.stringContaining('whole  the installation: 1 entry'),
      ]);
      expect(whole.stdout).toContain('--checkpoint');
      const taken = audit('checkpoint');
      expect(taken.status).toBe(0);
      writeFileSync(file, taken.stdout);
    });

    const stopped = audit('verify', '--checkpoint', file);
    expect([stopped.status, stopped.stdout]).toEqual([
      0,
      expect.stringContaining('Whole: 1 entry in 1 chain'),
    ]);

    await tamper("update claviger.audit_entries set operation = 'sign_out'");
    const changed = audit('verify');
    expect([changed.status, changed.stdout]).toEqual([
      1,
      expect.stringContaining('BAD    the installation: entry 1 was changed'),
    ]);

    for (const table of ['entries', 'chains', 'checkpoints'])
      await tamper(`delete from claviger.audit_${table}`);
    expect(audit('verify').status).toBe(0);
    const cut = audit('verify', '--checkpoint', file);
    expect([cut.status, cut.stdout]).toEqual([
      1,
      expect.stringContaining('the end is missing: entry 1 is not there, by the exported checkpoint 1'),
    ]);
    expect(audit('verify', '--json').stdout).toContain('"isWhole":true');
  });

  it('refuses a file that is no checkpoint, and one that is not there', () => {
    const file = join(parent, 'none.json');
    writeFileSync(file, '{}');
    for (const path of [file, join(parent, 'nowhere.json')]) {
      const answer = audit('verify', '--checkpoint', path);
      expect([answer.status, answer.stderr]).toEqual([2, expect.stringContaining(path)]);
    }
  });
});
