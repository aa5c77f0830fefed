import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';

const shell = '<!doctype html><title>Key</title>';
const page = { accept: 'text/html' };

let test: TestDatabase;
let folder: string;
let http: TestHttp;
let browser: TestBrowser;

beforeAll(async () => {
  test = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'claviger-key-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), shell);
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'script');
  http = await createTestHttp(test, { keyPageFolder: folder });
  browser = new TestBrowser(http.app);
});

afterAll(async () => {
  await http.app.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

it.each(['/k', '/k/', '/k/?from=mail'])('is one shell that every link leads to: %s', async (url) => {
  const answer = await browser.get(url, page);

  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe(shell);
  expect(answer.headers['cache-control']).toBe('no-cache');
  expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
});

it('has its script beside it, which may be kept for ever', async () => {
  const answer = await browser.get('/k/assets/index-1a2b.js');

  expect(answer.body).toBe('script');
  expect(answer.headers['cache-control']).toContain('immutable');
});

it.each(['/k/nothing.js', '/k/assets/', '/k/../package.json'])('has nothing at %s', async (url) => {
  expect((await browser.get(url)).statusCode).toBe(404);
});
