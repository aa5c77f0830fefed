import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkPackages, plantFolder, repository } from './planted-folder.ts';

const RUN_LIMIT_MS = 60_000;

const passing = `import { expect, it } from 'vitest';\nit('holds', () => expect(1).toBe(1));\n`;

/** Runs Vitest as `npm test` does, on these files alone: its exit code and what it printed last. */
function run(files: Record<string, string>, settings = '') {
  const folder = plantFolder({
    'package.json': '{ "type": "module" }',
    'vitest.config.ts': `export default { test: {
      reporters: ['default', '${join(repository, 'tools/passed-failed-reporter.ts')}'],
      setupFiles: '${join(repository, 'tools/house/no-open-handles.ts')}',
      teardownTimeout: 500,
      ${settings}
    } };`,
    ...files,
  });
  return start(folder, ['vitest/vitest.mjs', 'run']);
}

/** Runs Playwright as `npm run e2e` does, on these stories alone. */
function tell(files: Record<string, string>) {
  const folder = plantFolder({
    'package.json': '{ "type": "module" }',
    'playwright.config.ts': `export default {
      reporter: [['list'], ['${join(repository, 'tools/playwright-reporter.ts')}']]
    };`,
    ...files,
  });
  return start(folder, ['@playwright/test/cli.js', 'test']);
}

function start(folder: string, [program = '', command = '']: readonly string[]) {
  linkPackages(folder);
  const ended = spawnSync(process.execPath, [join(repository, 'node_modules', program), command], {
    cwd: folder,
    encoding: 'utf8',
    timeout: RUN_LIMIT_MS,
  });
  const lines = ended.stdout.trimEnd().split('\n');
  return { code: ended.status, last: lines.at(-1), output: ended.stdout + ended.stderr };
}

describe('the last line of a test run', { timeout: RUN_LIMIT_MS }, () => {
  it('counts what passed', () => {
    expect(run({ 'a.test.ts': passing })).toMatchObject({ code: 0, last: '1 passed, 0 failed' });
  });

  it('counts a failed test', () => {
    const files = { 'a.test.ts': passing.replace('toBe(1)', 'toBe(2)'), 'b.test.ts': passing };

    expect(run(files)).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('counts a file that does not load as failed', () => {
    const files = { 'a.test.ts': passing, 'b.test.ts': `import './absent.ts';\n${passing}` };

    expect(run(files)).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('counts an error outside every test as failed', () => {
    const stray = `${passing}void Promise.reject(new Error('stray'));\n`;

    expect(run({ 'a.test.ts': stray })).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('counts a suite that does not close as failed', () => {
    const unclosed = `import { afterAll } from 'vitest';\n${passing}afterAll(() => { throw Error('no'); });`;

    expect(run({ 'a.test.ts': unclosed })).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it('counts a run that never began as failed', () => {
    const files = {
      'a.test.ts': passing,
      'setup.ts': `export const setup = () => { throw new Error('no'); };`,
    };

    expect(run(files, `globalSetup: './setup.ts'`)).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
  });
});

describe('the last line of the browser stories', { timeout: RUN_LIMIT_MS }, () => {
  const told = passing.replace('vitest', '@playwright/test').replaceAll(/\bit\b/g, 'test');

  it('counts what passed', () => {
    expect(tell({ 'a.spec.ts': told })).toMatchObject({ code: 0, last: '1 passed, 0 failed' });
  });

  it('counts a failed story and a file that does not load', () => {
    const failing = told.replace('toBe(1)', 'toBe(2)');

    expect(tell({ 'a.spec.ts': failing })).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
    expect(tell({ 'a.spec.ts': `import './absent.ts';\n${told}` })).toMatchObject({ code: 1 });
  });

  it('counts a run without stories as failed', () => {
    expect(tell({})).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
  });
});

describe('a file that leaves something open', { timeout: RUN_LIMIT_MS }, () => {
  it('fails, whether it is a timer, a server or a child process', () => {
    const leaking = (leak: string) => `import { it } from 'vitest';\nit('leaks', async () => { ${leak} });\n`;
    const ended = run({
      'timer.test.ts': leaking(`setInterval(() => undefined, 60_000);`),
      'server.test.ts': leaking(`(await import('node:net')).createServer().listen(0, '127.0.0.1');`),
      'child.test.ts': leaking(`(await import('node:child_process')).spawn('sleep', ['20']);`),
    });

    expect(ended).toMatchObject({ code: 1, last: '3 passed, 3 failed' });
    expect(ended.output).toMatch(/leaves open: .*Timeout/);
    expect(ended.output).toMatch(/leaves open: .*TCPServerWrap/);
    expect(ended.output).toMatch(/leaves open: .*ProcessWrap/);
  });

  it('that keeps the whole run from ending fails the run', () => {
    const setup = `export const setup = () => { setInterval(() => undefined, 60_000); };`;
    const ended = run({ 'a.test.ts': passing, 'setup.ts': setup }, `globalSetup: './setup.ts'`);

    expect(ended).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });
});
