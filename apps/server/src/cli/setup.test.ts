import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadInstallationKeys } from '../platform/secrets/index.ts';

/** Real processes on a machine that others use too. */
const programLimitMs = 400_000;
const claviger = join(import.meta.dirname, 'claviger.ts');
const parent = mkdtempSync(join(tmpdir(), 'claviger-setup-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(parent, 0o755);
afterAll(() => {
  rmSync(parent, { recursive: true });
});

const origin = ['--origin', 'https://keys.example.org'];

function run(args: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, CLAVIGER_LOG_LEVEL: 'warn', ...environment };
  const options = { cwd: parent, env, encoding: 'utf8' as const, timeout: programLimitMs };
  return spawnSync(process.execPath, [claviger, ...args], options);
}

function newFolder(name: string, file?: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { mode: 0o755 });
  if (file !== undefined) writeFileSync(join(folder, file), 'somebody wrote this');
  return folder;
}

describe('claviger setup', { timeout: programLimitMs }, () => {
  it('takes no folder with the files of somebody else, and leaves it as it was', () => {
    const folder = newFolder('theirs', 'thesis.txt');

    const refused = run(['setup', '--data', folder, ...origin]);

    expect([refused.status, refused.stderr]).toEqual([
      2,
      `claviger: ${folder} is not empty. Choose an empty ` + 'folder, or one that does not exist yet.\n',
    ]);
    expect([readdirSync(folder), statSync(folder).mode & 0o777]).toEqual([['thesis.txt'], 0o755]);
  });

  it.each([
    ['an empty name', ['--data', '', ...origin], 'It must name a folder.'],
    ['a folder named twice', ['--data', 'a', '--data', 'b', ...origin], 'It was given twice.'],
    ['an origin that is none', ['--data', 'a', '--origin', 'keys'], 'CLAVIGER_PUBLIC_ORIGIN (publicOrigin)'],
    ['a file', ['--data', 'file', ...origin], 'is not a folder.'],
  ])('refuses %s before it makes anything', (_what, args, sentence) => {
    writeFileSync(join(parent, 'file'), '');
    const before = readdirSync(parent);

    const refused = run(['setup', ...args]);

    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(sentence);
    expect(readdirSync(parent)).toEqual(before);
  });

  it('says in a sentence that a folder cannot be made', () => {
    writeFileSync(join(parent, 'file'), '');

    const refused = run(['setup', '--data', join(parent, 'file', 'below'), ...origin]);

    expect(refused.stderr).toMatch(/^claviger: The data folder \S+ cannot be made: .* is a file\.\n$/);
  });

  it('that was interrupted is known as such, and goes on when it is run again', async () => {
    const folder = join(parent, 'interrupted');
    const child = spawn(process.execPath, [claviger, 'setup', '--data', folder, ...origin], {
      stdio: 'ignore',
    });
    await expect.poll(() => existsSync(join(folder, 'keys')), { timeout: 30_000, interval: 5 }).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const started = run(['start', '--data', folder]);
    const again = run(['setup', '--data', folder, ...origin]);
    const third = run(['setup', '--data', folder, ...origin]);

    expect([started.status, started.stderr]).toEqual([2, expect.stringContaining('was interrupted')]);
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toContain(`&& npx --no-install claviger start --data ${folder}`);
    expect([third.status, third.stderr]).toEqual([1, expect.stringContaining('is set up')]);
  });

  it('does not take any folder named keys for those of a demo', () => {
    const folder = newFolder('with-keys');
    mkdirSync(join(folder, 'keys'));

    expect(run(['setup', '--data', folder, ...origin]).stderr).toContain('is not empty');
  });
});

describe('a demo', { timeout: programLimitMs }, () => {
  const real = {
    CLAVIGER_MODE: 'real',
    CLAVIGER_PUBLIC_ORIGIN: 'https://a.example',
    CLAVIGER_TLS: 'own_authority',
  };

  it('is not served as a real installation, nor set up as one', () => {
    const folder = newFolder('demo');
    loadInstallationKeys(folder, 'demo');
    const before = readdirSync(folder);

    const answers = [
      run(['start', '--data', folder], real),
      run(['bootstrap-token', '--data', folder], real),
      run(['setup', '--data', folder, ...origin]),
    ];

    expect(answers.map(({ status, stdout }) => [status, stdout])).toEqual([
      [1, ''],
      [1, ''],
      [1, ''],
    ]);
    for (const { stderr } of answers) expect(stderr).toContain('holds a demo');
    expect(readdirSync(folder)).toEqual(before);
  });
});
