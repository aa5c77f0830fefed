import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchOptionsOf } from '../browser.ts';
import { startDemo, type Demo } from './demo.ts';
import { buildWebFaces } from './web-faces.ts';

/** Building, starting and a browser, on a machine that does other things too. */
const startLimitMs = 180_000;
const port = 30_000 + (process.pid % 5_000) * 4;

let demo: Demo;
let browser: Browser;
const dataFolder = mkdtempSync(join(tmpdir(), 'claviger-smoke-'));
// As root, PostgreSQL's own user has to pass.
chmodSync(dataFolder, 0o711);

beforeAll(async () => {
  await buildWebFaces();
  demo = await startDemo({
    dataFolder,
    streetPort: port + 3,
    environment: {
      CLAVIGER_PORTAL: `127.0.0.1:${port}`,
      CLAVIGER_DEVICES: `127.0.0.1:${port + 1}`,
      CLAVIGER_BROKER: `127.0.0.1:${port + 2}`,
      CLAVIGER_PUBLIC_ORIGIN: `http://localhost:${port}`,
    },
  });
  browser = await chromium.launch(launchOptionsOf(await findChromium()));
}, startLimitMs);

afterAll(async () => {
  await browser.close();
  await demo.stop();
  rmSync(dataFolder, { recursive: true });
}, startLimitMs);

/** Opens the page and gives its heading, and whatever the browser had to complain about. */
async function visit(url: string): Promise<{ heading: string; complaints: string[] }> {
  const page = await browser.newPage({ locale: 'en-GB' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  await page.close();
  return { heading, complaints };
}

describe('the demo', () => {
  it.each([
    ['the registration page', () => `${demo.portalUrl}/register`, 'Register your first lock'],
    ['the sign-in page', () => `${demo.portalUrl}/sign-in`, 'Sign in'],
    ["the operator's page", () => `${demo.portalUrl}/bootstrap`, 'Start this installation'],
    ['the street', () => demo.streetUrl, 'The street'],
  ])('shows %s, and the browser has nothing to complain about', async (_what, url, heading) => {
    expect(await visit(url())).toEqual({ heading, complaints: [] });
  });
});
