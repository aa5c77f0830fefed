import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchDemo, type Launched } from './launch.ts';

/** Real processes, and a database made anew, on a machine that does other things too. */
const startLimitMs = 180_000;
const wait = { timeout: 60_000, interval: 100 };
const port = 10_000 + (process.pid % 2_000) * 4;
const dataFolder = mkdtempSync(join(tmpdir(), 'claviger-launch-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(dataFolder, 0o711);

const plan = {
  dataFolder,
  streetPort: port + 3,
  environment: {
    CLAVIGER_PORTAL: `127.0.0.1:${port}`,
    CLAVIGER_DEVICES: `127.0.0.1:${port + 1}`,
    CLAVIGER_BROKER: `127.0.0.1:${port + 2}`,
    CLAVIGER_PUBLIC_ORIGIN: `http://localhost:${port}`,
  },
};

let said: string[] = [];
const say = (line: string): void => {
  said.push(line);
};
const serverPid = (): number =>
  Number(/process (\d+)/.exec(said.join('\n').split('Server').at(-1) ?? '')?.[1]);
const postmasterFile = join(dataFolder, 'postgres/cluster/postmaster.pid');
const postmaster = (): number => Number(readFileSync(postmasterFile, 'utf8').split('\n')[0]);

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    // Nobody listens there.
    return false;
  }
}
const serverAnswers = () => answers(`http://localhost:${port}/healthz`);
const streetAnswers = () => answers(`http://127.0.0.1:${port + 3}/`);

it.each([
  { what: 'an option that there is not', args: ['--bogus'], sentence: "Unknown option '--bogus'" },
  { what: 'a port that is none', port: 'street', sentence: 'STREET_PORT must be a port number.' },
])('the launcher refuses $what in a sentence', ({ args = [], port: streetPort = '3100', sentence }) => {
  const env = { ...process.env, STREET_PORT: streetPort };
  const start = join(import.meta.dirname, '../start.ts');

  const refused = spawnSync(process.execPath, [start, ...args], { env, encoding: 'utf8' });

  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining(sentence)]);
  expect(refused.stderr).not.toContain('    at ');
});

describe('a demo whose server is ended', () => {
  let launched: Launched;
  beforeAll(async () => {
    launched = await launchDemo({ ...plan, say });
  }, startLimitMs);
  afterAll(async () => {
    await launched.stop();
    rmSync(dataFolder, { recursive: true });
  }, startLimitMs);

  it(
    'refuses a second launcher with the reason and an exit code, and stays as it is',
    async () => {
      const second = spawn(process.execPath, [join(import.meta.dirname, '../start.ts')], {
        env: { ...process.env, CLAVIGER_DATA: dataFolder, STREET_PORT: String(plan.streetPort) },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const reason = (await second.stderr.setEncoding('utf8').toArray()).join('');

      if (second.exitCode === null) await once(second, 'exit');
      expect([second.exitCode, reason]).toEqual([1, expect.stringContaining('Another Claviger')]);
      expect(await streetAnswers()).toBe(true);
    },
    startLimitMs,
  );

  it(
    'keeps its doors when that was kill -9, and has a server again on the same database',
    async () => {
      const [first, database] = [serverPid(), postmaster()];

      process.kill(first, 'SIGKILL');
      await expect.poll(() => said.some((line) => line.includes('ended by SIGKILL')), wait).toBe(true);
      expect(await streetAnswers()).toBe(true);
      await expect.poll(() => said.includes('The server is back.'), wait).toBe(true);

      expect([await serverAnswers(), await streetAnswers()]).toEqual([true, true]);
      expect(serverPid()).not.toBe(first);
      expect(postmaster()).toBe(database);
    },
    startLimitMs,
  );

  it(
    'keeps its doors alone when somebody stopped it, until a server alone is started',
    async () => {
      said = said.slice(-6);
      process.kill(serverPid(), 'SIGTERM');
      await expect.poll(() => said.at(-1), wait).toContain('The server was stopped');
      expect([await serverAnswers(), await streetAnswers(), existsSync(postmasterFile)]).toEqual([
        false,
        true,
        false,
      ]);

      const alone = await launchDemo({ ...plan, isServerOnly: true, say });
      expect([await serverAnswers(), await streetAnswers()]).toEqual([true, true]);
      // The link of the first start is still in somebody's terminal, and still holds.
      expect(said.join('\n')).toMatch(/Operator use the link that was shown at .* claviger bootstrap-token/);
      await alone.stop();
    },
    startLimitMs,
  );

  it(
    'leaves no PostgreSQL when all is stopped while the killed server is away',
    async () => {
      const alone = await launchDemo({
        ...plan,
        isServerOnly: true,
        say,
        times: { firstPauseMs: 600_000, longestPauseMs: 600_000, steadyAfterMs: 1, quickEndLimit: 2 },
      });
      process.kill(serverPid(), 'SIGKILL');
      await expect.poll(() => said.at(-1), wait).toContain('starting it again');
      expect(existsSync(postmasterFile)).toBe(true);

      await alone.stop();

      expect(existsSync(postmasterFile)).toBe(false);
    },
    startLimitMs,
  );

  it(
    'leaves nothing running when the launcher itself is ended by kill -9',
    async () => {
      await launched.stop();
      const launcher = spawn(process.execPath, [join(import.meta.dirname, '../start.ts')], {
        env: {
          ...process.env,
          ...plan.environment,
          CLAVIGER_DATA: dataFolder,
          STREET_PORT: String(plan.streetPort),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of createInterface({ input: launcher.stdout })) if (/Ctrl/.test(line)) break;
      expect([await serverAnswers(), await streetAnswers(), existsSync(postmasterFile)]).toEqual([
        true,
        true,
        true,
      ]);

      launcher.kill('SIGKILL');

      await expect
        .poll(async () => [await serverAnswers(), await streetAnswers(), existsSync(postmasterFile)], wait)
        .toEqual([false, false, false]);
    },
    startLimitMs,
  );
});
