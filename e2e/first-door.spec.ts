import { expect } from '@playwright/test';
import {
  doorOf,
  look,
  openFirstLock,
  password,
  register,
  showFilters,
  signInOrRegister,
  test,
} from './demo-fixture.ts';

test('from an empty folder to an opened lock, seen in Activity', async ({ page, newDemo: demo }, info) => {
  await page.goto(`${demo.portalUrl}/register`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look(page, 'register');
  await register(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  await look(page, 'locks');
  // What fits the window needs no scroll bar, whatever stands above the page.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);

  await page.getByRole('button', { name: /^Open Virtual door/ }).click();
  await look(page, 'open-confirm');
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page.getByText('Unlocked. The door can be opened now.')).toBeVisible();
  const seconds = (Date.now() - demo.startedAt) / 1_000;
  info.annotations.push({ type: 'first opened door', description: `${seconds.toFixed(1)} s` });
  process.stdout.write(`first opened door ${seconds.toFixed(1)} s after the start in an empty folder\n`);
  expect(seconds).toBeLessThanOrEqual(120);
  await expect(page.getByRole('listitem').filter({ hasText: 'Closed' })).toContainText(/\d\d:\d\d:\d\d/);
  await look(page, 'opened');
  await page.getByRole('button', { name: 'Done' }).click();

  await page.goto(demo.portalUrl);
  await expect(page.getByText(/ada unlocked Virtual door/)).toBeVisible();
  await look(page, 'dashboard');
});

test('the event stands in Activity, live, with everything under Advanced', async ({
  page,
  context,
  demo,
}) => {
  await register(page, demo, { email: 'grace@example.com', door: doorOf(demo, 1) });
  const logs = await context.newPage();
  await logs.goto(page.url().replace('/devices/locks', '/logs/activity'));
  await expect(logs.getByText('Live', { exact: true })).toBeVisible();

  await openFirstLock(page);

  const rows = logs.getByRole('main').getByRole('listitem');
  await expect(rows.filter({ hasText: /grace unlocked Virtual gate/ })).toContainText('Lock unlocked');
  await expect(rows.filter({ hasText: /accepted grace/ })).toContainText('Key accepted');
  await look(logs, 'activity');
  await showFilters(logs);
  await logs.getByRole('switch', { name: 'Advanced' }).click();
  const opened = rows.filter({ hasText: 'Door opened' }).first();
  await expect(opened).toContainText('was opened; grace had unlocked it from the Portal');
  await expect(opened.locator('time')).toHaveText(/^\d\d:\d\d:\d\d$/);
  await look(logs, 'activity-advanced');
  const download = logs.waitForEvent('download');
  await logs.getByRole('button', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^activity-HOME_\w+-\d{4}-\d\d-\d\d\.csv$/);
});

test('a doubled click opens once, and a second window waits for the countdown', async ({
  page,
  context,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: 'lin@example.com', door: doorOf(demo, 2) });
  const second = await context.newPage();
  await second.goto(page.url());

  await page.getByRole('button', { name: /^Open Virtual lock/ }).click();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).dblclick();

  await expect(second.getByRole('button', { name: /^Open in [123] s: Virtual lock/ })).toBeVisible();
  await expect(page.getByText('The door was opened and is closed again.')).toBeVisible();
  await second.goto(page.url().replace(/\/devices\/locks.*/, '/logs/activity'));
  await expect(second.getByText(/lin unlocked Virtual lock/)).toHaveCount(1);
});

test('an expired session asks again over the page and keeps what was typed', async ({
  page,
  context,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('New name').fill('Main entrance');
  await context.clearCookies();

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('You were signed in as ada@example.com')).toBeVisible();
  await look(page, 'session-expired');
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign In' }).click();

  await expect(page.getByLabel('New name')).toHaveValue('Main entrance');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Main entrance', exact: true })).toBeVisible();
});

test('a wrong code gets the one answer that lists what to check', async ({ page, demo }) => {
  await page.goto(`${demo.portalUrl}/register`);
  await page.getByLabel('Email address').fill('eve@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Lock serial number').fill(doorOf(demo, 0).serial);
  await page.getByLabel('Matter code or pairing code').fill('ABCD-EFGH-JKMN-PQRS');

  await page.getByRole('button', { name: 'Register' }).click();

  const answer = page.getByRole('alert').filter({ hasText: 'The lock has not already been claimed.' });
  await expect(answer).toBeFocused();
  await expect(answer).toBeInViewport({ ratio: 1 });
  await look(page, 'register-refused');
});

test('a name of eighty characters without a space leaves every dialog whole', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: 'lin@example.com', door: doorOf(demo, 2) });
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('New name').fill('W'.repeat(80));
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('button', { name: /^Open W/ }).click();

  await expect(page.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 });
  await look(page, 'open-long-name');
});
