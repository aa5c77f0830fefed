import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchOptionsOf } from './browser.ts';

const START_LIMIT_MS = 60_000;
const PAGE = `data:text/html,<title>Front door</title><body style="background:rgb(0,128,0)">`;

describe('the Chromium that is found', { timeout: START_LIMIT_MS }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch(launchOptionsOf(await findChromium()));
  }, START_LIMIT_MS);

  afterAll(() => browser.close());

  it('opens a page and takes its picture', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(PAGE);
    const picture = await page.screenshot();

    expect(await page.title()).toBe('Front door');
    // A PNG names its width and height at bytes 16 and 20.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([390, 844]);
  });

  it('is of this decade', () => {
    expect(Number.parseInt(browser.version(), 10)).toBeGreaterThan(120);
  });
});
