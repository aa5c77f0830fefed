import { expect } from '@playwright/test';
import { doorOf, look, openButton, showFilters, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';

test('the address of a claim says why an Active lock has nothing to claim', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await openButton(page).click();
  const claim = page.url().replace(/\/open$/, '/claim');

  await page.goto(claim);

  const dialog = page.getByRole('dialog', { name: 'Claim Lock' });
  await expect(dialog).toContainText('Only an Unclaimed lock can be claimed; this one is: Active.');
  await expect(dialog.getByRole('button', { name: 'Claim Lock' })).toHaveCount(0);
  await look(page, 'claim-active');
  await dialog.getByText('Close', { exact: true }).click();
  await expect(page).toHaveURL(/\/devices\/locks$/);
});

test('whoever is signed in gets no form to sign in or to register', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });

  for (const address of ['/sign-in', '/register']) {
    await page.goto(`${demo.portalUrl}${address}`);
    await expect(page).toHaveURL(/\/dashboard$/);
  }
});

test('a reload while the door opens goes on with the same opening', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await openButton(page).click();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page).toHaveURL(/command=/);

  await page.reload();

  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('The door was opened and is closed again.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/\/devices\/locks$/);
  await openButton(page).click();
  await expect(dialog.getByText('The door unlocks for whoever stands before it.')).toBeVisible();
});

test('an address that nobody can read leads to the page for what is not there', async ({ page, demo }) => {
  const answer = await page.goto(`${demo.portalUrl}/%ff`);

  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
});

test('the sections of a narrow page are behind its menu button', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });

  await page.getByRole('button', { name: 'Open menu' }).click();
  await look(page, 'menu');
  await page.getByRole('dialog').getByRole('link', { name: 'Logs' }).click();

  await expect(page.getByRole('heading', { name: 'Logs' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the log is filtered by where a lock is, once somebody has said so', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const entity = page.url().replace(/\/devices\/locks$/, '');
  await page.goto(`${entity}/logs/activity?advanced=true`);
  await showFilters(page);
  await expect(page.getByLabel('Lock', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Location')).toHaveCount(0);
  await page.goto(`${entity}/devices/locks`);
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('Location (optional)').fill('Ground floor');
  await look(page, 'edit-lock');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('listitem').filter({ hasText: 'Ground floor' })).toBeVisible();
  await page.goto(`${entity}/logs/activity?advanced=true`);

  await showFilters(page);
  await page.getByLabel('Location').selectOption('Ground floor');

  await expect(page).toHaveURL(/location=Ground/);
  await expect(page.getByRole('listitem').filter({ hasText: 'started' }).first()).toBeVisible();
  await look(page, 'activity-location');
});
