import { defineConfig, devices } from '@playwright/test';
import { findChromium, launchOptionsOf } from '../tools/browser.ts';

// These end what hangs, and say nothing of how fast it is: a machine may be three times slower than a desk.
const STORY_LIMIT_MS = 360_000;
const WAIT_LIMIT_MS = 60_000;
const RUN_LIMIT_MS = 60 * 60_000;

const found = await findChromium();
// Workers read this file too; the first process speaks for all.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  process.stdout.write(`browser: ${found.origin} ${found.executablePath ?? ''}\n`);
}

/** What a finger does. Every page is looked at as narrow as a phone anyhow, whoever tells its story. */
const ON_PHONE = ['addresses', 'audit', 'finding', 'first-door', 'first-key'];

/** The guides' stories in a real browser, on a desktop, and those of a phone on one. */
export default defineConfig({
  testDir: '.',
  globalSetup: './build-faces.ts',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  reporter: [['list'], ['../tools/playwright-reporter.ts']],
  workers: 2,
  forbidOnly: true,
  timeout: STORY_LIMIT_MS,
  globalTimeout: RUN_LIMIT_MS,
  expect: { timeout: WAIT_LIMIT_MS },
  use: {
    launchOptions: launchOptionsOf(found),
    contextOptions: { reducedMotion: 'reduce' },
    // A trace makes each story a seventh longer. Whoever looks for a fault asks for one: --trace on.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: ON_PHONE.map((name) => `**/${name}.spec.ts`),
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
});
