import { defineConfig, devices } from '@playwright/test';
import { findChromium, launchOptionsOf } from '../tools/browser.ts';

// These end what hangs, and say nothing of how fast it is: a machine may be three times slower than a desk.
const STORY_LIMIT_MS = 180_000;
const WAIT_LIMIT_MS = 30_000;
const RUN_LIMIT_MS = 60 * 60_000;

const found = await findChromium();
// Workers read this file too; the first process speaks for all.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  process.stdout.write(`browser: ${found.origin} ${found.executablePath ?? ''}\n`);
}

/** Stories that wait for the wall clock and draw no page that another does not: once is enough. */
const SLOW_STORIES = '**/life-of-a-key.spec.ts';

/** The guides' stories in a real browser, on a desktop and on a phone. */
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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testIgnore: SLOW_STORIES,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
});
