import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parsePairingCode, parseSerial } from '@claviger/domain';

const main = join(import.meta.dirname, 'main.ts');
const standIn = join(import.meta.dirname, '../test/stand-in-agent.ts');
const patience = { timeout: 40_000 };

let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(options: readonly string[]) {
  const child = spawn(process.execPath, [main, '--data', folder, ...options], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.push(child);
  const output: string[] = [];
  const faults: string[] = [];
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => output.push(line));
  createInterface({ input: child.stderr ?? process.stdin }).on('line', (line) => faults.push(line));
  return { child, output, faults };
}

const serving = [
  '--enrol-url',
  'https://127.0.0.1:1',
  '--broker-url',
  'mqtts://127.0.0.1:1',
  '--ca',
  'ca.pem',
];

async function startStreet() {
  const street = start([...serving, '--port', '0', '--agent', standIn]);
  await expect.poll(() => street.output, patience).toHaveLength(1);
  await expect.poll(() => agentIds().length, patience).toBe(3);
  return street;
}

function urlOf(output: readonly string[]): string {
  return (JSON.parse(output[0] ?? '') as { url: string }).url;
}

/** The process identifiers that the programs of the street have left in their folders. */
function agentIds(): number[] {
  const doors = join(folder, 'doors');
  const files = existsSync(doors)
    ? readdirSync(doors).map((serial) => join(doors, serial, 'stand-in.pid'))
    : [];
  return files.filter((file) => existsSync(file)).map((file) => Number(readFileSync(file, 'utf8')));
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the simulator', () => {
  test('only makes the files of a new street when it is asked to prepare', async () => {
    const { child, output } = start(['--prepare']);
    expect(await once(child, 'exit')).toEqual([0, null]);
    const [header, ...rows] = readFileSync(join(folder, 'stock.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toBe('serial,code,model');
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const [serial = '', code = ''] = row.split(',');
      expect([parseSerial(serial), parsePairingCode(code)]).toEqual([serial, code]);
    }
    expect(output).toEqual([]);
    expect(existsSync(join(folder, 'doors'))).toBe(false);
  });

  test('says on one line where it serves, and serves there', async () => {
    const { output } = await startStreet();
    expect(output[0]).toMatch(/^\{"ready":true,"url":"http:\/\/127\.0\.0\.1:\d+\/"\}$/);
    const answer = await fetch(urlOf(output));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('ends its programs and itself when it is told to', async () => {
    const { child } = await startStreet();
    const ids = agentIds();
    expect(ids.map(isAlive)).toEqual([true, true, true]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(ids.map(isAlive)).toEqual([false, false, false]);
  });

  test('ends its programs and itself when whoever started it over a channel is gone', async () => {
    const { child } = await startStreet();
    const ids = agentIds();
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(ids.map(isAlive)).toEqual([false, false, false]);
  });

  test('leaves no program behind when it is killed', async () => {
    const { child } = await startStreet();
    const ids = agentIds();
    expect(ids.map(isAlive)).toEqual([true, true, true]);
    child.kill('SIGKILL');
    await expect.poll(() => ids.filter(isAlive), patience).toEqual([]);
  });

  test('is refused on the folder of another that runs, and takes over when that ends', async () => {
    const { child } = await startStreet();
    const ids = agentIds();
    const second = start([...serving, '--port', '0', '--agent', standIn]);
    expect(await once(second.child, 'exit')).toEqual([2, null]);
    expect(second.faults.join()).toContain('Another simulator serves the street');
    expect(agentIds()).toEqual(ids);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const third = start([...serving, '--port', '0', '--agent', standIn]);
    await expect.poll(() => third.output, patience).toHaveLength(1);
  });

  test.each([
    ['a server elsewhere', ['--enrol-url', 'https://doors.example.org', ...serving.slice(2)], 'enrol-url'],
    [
      'a broker without TLS',
      ['--broker-url', 'mqtt://127.0.0.1:1883', ...serving.slice(0, 2), '--ca', 'x'],
      'broker-url',
    ],
    ['no authority', serving.slice(0, 4), 'ca'],
    ['a port that cannot be', [...serving, '--port', '70000'], 'port'],
    ['an unknown option', [...serving, '--host', '0.0.0.0'], 'host'],
  ])('refuses %s in a sentence', async (_title, options, name) => {
    const { child, faults } = start(options);
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(faults.join()).toContain(`--${name}`);
    expect(readdirSync(folder)).toEqual([]);
  });
});
