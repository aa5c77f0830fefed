import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const claviger = join(import.meta.dirname, '../claviger.ts');
const runLimitMs = 60_000;

/** Runs the command with the world on its standard input, in an empty environment. */
function explainWorld(world: unknown, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [claviger, 'explain', '--world', '-', ...args],
    {
      encoding: 'utf8',
      timeout: runLimitMs,
      input: typeof world === 'string' ? world : JSON.stringify(world),
      env: {},
    },
  );
  return { status, lines: stdout.split('\n').filter(Boolean), problems: stderr.split('\n').filter(Boolean) };
}

const key = { id: 'key', type: 'staff', bindings: [{ lock: 'front' }] };
const world = {
  zone: 'Europe/Berlin',
  locks: [{ id: 'front', capabilities: ['keypad'] }],
  keys: [key],
  credentials: [{ id: 'pin', key: 'key', kind: 'pin' }],
};

describe('claviger explain', { timeout: runLimitMs }, () => {
  it('needs no installation, and says without attempts what would open now', () => {
    const { status, lines } = explainWorld(world);

    expect(status).toBe(0);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { lock: 'front', decision: 'granted', key: 'key' },
    ]);
  });

  it.each<[string, unknown, string[]]>([
    [
      'fields that there are not, each with its place',
      { ...world, door: 1, keys: [{ ...key, bindings: [{ lock: 'front', form: 1 }] }] },
      ['-: keys[0].bindings[0].form: there is no such field', '-: door: there is no such field'],
    ],
    [
      'a bound that is not a whole minute',
      { ...world, keys: [{ ...key, until: '2026-11-25T18:00:30Z' }] },
      [
        '-: keys[0].until: not a whole minute such as ' +
          '2026-11-25T19:00, 2026-11-25T18:00Z or 2026-11-25T19:00+01:00',
      ],
    ],
    [
      'a reference that leads nowhere and a name that is there twice',
      { ...world, keys: [{ ...key, profile: 'day' }, key] },
      ['-: keys[1]: key is there twice', '-: keys[0].profile: there is no profile named day'],
    ],
    [
      'a name that one object has twice',
      '{"zone": "Mars/Base", "locks": [{"id": "front", "id": "back"}], "zone": "Europe/Berlin"}',
      [
        '-: locks[0].id: this name is there twice in one object',
        '-: zone: this name is there twice in one object',
      ],
    ],
    [
      'what contradicts itself',
      { ...world, credentials: [{ id: 'qr', key: 'key', kind: 'qr', duress: true }] },
      ['-: credentials[0].duress: only a PIN can be a duress PIN, this is of kind qr'],
    ],
    [
      'an unknown zone',
      { ...world, zone: 'Mars/Base' },
      ['-: zone: Mars/Base is no time zone that is known here'],
    ],
  ])('refuses %s with exit code 2', (_title, given, problems) => {
    expect(explainWorld(given)).toEqual({ status: 2, lines: [], problems });
  });

  it('reads a world and attempts that begin with a byte order mark', () => {
    const folder = mkdtempSync(join(tmpdir(), 'claviger-explain-'));
    const file = join(folder, 'attempts.json');
    const attempts = [{ lock: 'front', at: '2026-11-25T12:00', method: 'pin', credential: 'pin' }];
    writeFileSync(file, `\uFEFF${JSON.stringify(attempts)}`);

    const { status, lines, problems } = explainWorld(`\uFEFF${JSON.stringify(world)}`, '--attempts', file);
    rmSync(folder, { recursive: true });

    expect([status, problems]).toEqual([0, []]);
    expect(lines).toHaveLength(1);
  });

  it.each<[string, string[]]>([
    ['explain without its world', ['explain']],
    ['an option that there is not', ['explain', '--word', 'world.json']],
    ['an import of no file', ['import', 'devices']],
    ['a command that there is not', ['expalin']],
    ['no command', []],
  ])('ends %s with exit code 2', (_what, args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [claviger, ...args], {
      encoding: 'utf8',
      timeout: runLimitMs,
      env: {},
    });

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  it('answers a question for help with exit code 0', () => {
    const { status, stdout } = spawnSync(process.execPath, [claviger, 'explain', '--help'], { env: {} });

    expect(status).toBe(0);
    expect(String(stdout)).toContain('--world');
  });

  it('refuses what is no JSON, and a file that is not there', () => {
    expect(explainWorld('{')).toMatchObject({ status: 2, lines: [] });

    const missing = explainWorld(world, '--attempts', '/nowhere/attempts.json');
    expect(missing.status).toBe(2);
    expect(missing.problems).toEqual([expect.stringContaining('/nowhere/attempts.json: ENOENT')]);
  });
});
