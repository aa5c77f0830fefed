import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { clavigerCommand, shellWord } from './claviger-command.ts';

const linked = join(import.meta.dirname, '../../bin/claviger.js');

it.runIf(process.platform !== 'win32')('a printed command runs this claviger wherever it is typed', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'claviger-elsewhere-'));
  onTestFinished(() => {
    rmSync(elsewhere, { recursive: true });
  });

  const typed = spawnSync('sh', ['-c', clavigerCommand('--version')], { cwd: elsewhere, encoding: 'utf8' });

  expect([typed.stderr, typed.stdout]).toEqual(['', '0.1.0\n']);
});

it('a word of a command stays one word', () => {
  expect(['/a/b-1.csv', 'my files', "it's", ''].map(shellWord)).toEqual([
    '/a/b-1.csv',
    "'my files'",
    "'it'\\''s'",
    "''",
  ]);
});

it('the linked command says on an older Node which one can run it', () => {
  const source = readFileSync(linked, 'utf8').replace(/^#!.*/, '');
  const older = `Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } });`;
  const url = JSON.stringify(`file://${linked}`);
  const script = `${older}\n${source.replaceAll('import.meta.url', url)}`;

  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });

  expect([run.status, run.stderr]).toEqual([1, expect.stringMatching(/Node 20\.19\.0.*needs Node 24 .*npx/)]);
});
