import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLabel } from '../../test/test-app.ts';

/** Real processes on a machine that others use too. */
const programLimitMs = 400_000;
const claviger = join(import.meta.dirname, 'claviger.ts');
const parent = mkdtempSync(join(tmpdir(), 'claviger-real-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(parent, 0o755);
const folder = join(parent, 'site');
const port = 20_000 + (process.pid % 10_000) * 3;
const origin = `https://localhost:${port}`;

function run(args: string[], environment: Record<string, string> = {}) {
  const env = { ...process.env, CLAVIGER_LOG_LEVEL: 'warn', ...environment };
  return spawnSync(process.execPath, [claviger, ...args], { env, encoding: 'utf8', timeout: programLimitMs });
}

function setUp(...more: string[]) {
  const listeners = ['--portal', `127.0.0.1:${port}`, '--devices', `127.0.0.1:${port + 1}`];
  return run([
    'setup',
    '--data',
    folder,
    '--origin',
    origin,
    ...listeners,
    '--broker',
    `127.0.0.1:${port + 2}`,
    ...more,
  ]);
}

async function startServer() {
  const env = { ...process.env, CLAVIGER_DATA: folder, CLAVIGER_LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [claviger, 'start', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  for await (const line of createInterface({ input: child.stdout ?? process.stdin }))
    if (line.startsWith('{"ready"')) break;
  const end = async (how: () => void) => {
    if (child.exitCode === null) {
      how();
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  return {
    stop: () => end(() => child.kill('SIGTERM')),
    leaveAlone: () => end(() => child.disconnect()),
  };
}

/** A call over TLS that trusts the installation's own authority and nothing else. */
async function call(
  method: string,
  path: string,
  given: { body?: object; headers?: Record<string, string> } = {},
) {
  const { body } = given;
  const ca = readFileSync(join(folder, 'authority.crt'));
  const headers = { origin, ...(body && { 'content-type': 'application/json' }), ...given.headers };
  const outgoing = request(`${origin}${path}`, { method, ca, headers });
  outgoing.end(body && JSON.stringify(body));
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks = await answer.setEncoding('utf8').toArray();
  return { status: answer.statusCode, headers: answer.headers, text: chunks.join('') };
}

let setup: ReturnType<typeof setUp>;
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  setup = setUp();
  server = await startServer();
}, programLimitMs);
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  rmSync(parent, { recursive: true });
}, programLimitMs);

describe('a real installation', () => {
  it('is set up with keys of its own, private to its user, and a one-time address for the operator', () => {
    expect(setup.stderr).toBe('');
    expect(setup.stdout).toMatch(new RegExp(`${origin}/bootstrap#[\\w-]{43}`));
    expect(statSync(join(folder, 'keys')).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'claviger.json'), 'utf8'))).toMatchObject({ mode: 'real' });
  });

  it('is not set up twice', () => {
    const again = setUp();

    expect(again.status).toBe(1);
    expect(again.stderr).toContain('is set up');
  });

  it('answers over TLS alone, strictly, and lets nobody in before there is an operator', async () => {
    const [known, session] = [await call('GET', '/api/installation'), await call('GET', '/api/session')];

    expect(JSON.parse(known.text)).toMatchObject({ mode: 'real', needsBootstrap: true });
    expect(known.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
    expect(session.status).toBe(401);
    await expect(fetch(`http://localhost:${port}/api/installation`)).rejects.toThrow();
  });

  it('makes the bearer of the token the operator, once', async () => {
    // That which setup showed: the start since then has not voided it.
    const token = /bootstrap#([\w-]+)/.exec(setup.stdout)?.[1];
    const body = { token, email: 'op@example.com', password: 'correct horse battery' };

    const [first, second] = [
      await call('POST', '/api/bootstrap', { body }),
      await call('POST', '/api/bootstrap', { body }),
    ];

    expect(JSON.parse(first.text)).toMatchObject({ account: { isOperator: true } });
    expect(first.headers['set-cookie']?.join()).toMatch(/^__Host-claviger_session=.*; Secure/);
    expect(second.status).toBe(409);
  });

  it('imports devices while it runs, and refuses virtual ones', { timeout: programLimitMs }, () => {
    const file = join(folder, 'stock.csv');
    const { serial, pairingCode } = newLabel();
    const importing = (model: string, environment: Record<string, string> = {}) => {
      writeFileSync(file, `serial,code,model\n${serial},${pairingCode},${model}\n`);
      return run(['import', 'devices', file, '--data', folder], environment);
    };

    const [virtual, real] = [importing('virtual-door'), importing('door-box-1')];
    const asDemo = importing('virtual-door', { CLAVIGER_MODE: 'demo' });

    expect(virtual.stderr).toContain('virtual: those are for the demo');
    expect([asDemo.status, asDemo.stderr]).toEqual([1, expect.stringContaining('never run as a demo')]);
    expect(real.stdout).toBe('1 device added, 0 known already\n');
    expect(importing('door-box-1').stdout).toBe('0 devices added, 1 known already\n');
  });

  it('makes a link to a new password for an address that has an Account', { timeout: programLimitMs }, () => {
    const linkFor = (email: string) => run(['reset-link', email, '--data', folder]);

    const [known, unknown] = [linkFor('op@example.com'), linkFor('nobody@example.com')];

    expect([known.status, known.stdout]).toEqual([0, expect.stringContaining(`${origin}/new-password#`)]);
    expect([unknown.status, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toContain('No Account has the address nobody@example.com');
  });

  it('shows its figures to the bearer of the token that the command prints, and to nobody else', async () => {
    const token = run(['metrics-token'], { CLAVIGER_DATA: folder }).stdout.trim();
    const headers = { authorization: `Bearer ${token}` };

    const answers = [await call('GET', '/metrics'), await call('GET', '/metrics', { headers })];

    expect(token).toMatch(/^[\w-]{43}$/);
    expect(answers.map(({ status }) => status)).toEqual([404, 200]);
  });

  it('refuses a second copy on the same folder, and says why', () => {
    const second = run(['start', '--json'], { CLAVIGER_DATA: folder });

    expect(second.status).toBe(1);
    expect(second.stderr).toContain('Another Claviger');
  });

  it('refuses it also to a program that started it over a channel, and does not stay', async () => {
    const second = spawn(process.execPath, [claviger, 'start', '--json'], {
      env: { ...process.env, CLAVIGER_DATA: folder },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said = (await second.stderr?.setEncoding('utf8').toArray())?.join('');

    if (second.exitCode === null) await once(second, 'exit');
    expect(second.exitCode).toBe(1);
    expect(said).toContain('Another Claviger');
  });

  it('stops in order when the program that started it over a channel is gone', async () => {
    expect(await server.leaveAlone()).toBe(0);
  });
});

describe('a folder without an installation', { timeout: programLimitMs }, () => {
  it.each([['start'], ['bootstrap-token'], ['metrics-token'], ['import', 'devices', '-']])(
    'is refused by claviger %s, and stays without one',
    (...args) => {
      const empty = mkdtempSync(join(parent, 'empty-'));
      const mistyped = join(empty, 'mistyped');

      const [refused, elsewhere] = [empty, mistyped].map((data) => run(args, { CLAVIGER_DATA: data }));

      expect([refused?.status, refused?.stdout]).toEqual([2, '']);
      expect(refused?.stderr).toContain(`There is no installation in ${empty}.`);
      expect(elsewhere?.status).toBe(2);
      expect(readdirSync(empty)).toEqual([]);
    },
  );
});

describe('a configuration that is not safe', () => {
  it.each([
    ['plain HTTP for everybody', { CLAVIGER_PORTAL: '0.0.0.0:3000' }, 'CLAVIGER_'],
    [
      'a setting that does not exist',
      { CLAVIGER_PROTAL: '127.0.0.1:3000' },
      'CLAVIGER_PROTAL is not a setting',
    ],
  ])('with %s does not start', (_what, environment, sentence) => {
    const started = run(['start'], { CLAVIGER_DATA: join(parent, 'unsafe'), ...environment });

    expect(started.status).toBe(1);
    expect(started.stderr).toContain(sentence);
  });
});
