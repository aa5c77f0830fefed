import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { doorOf, look, showFilters, signInOrRegister, test, type RunningDemo } from './demo-fixture.ts';

/** A home in which a lock was edited and is edited back at the end of the guide's steps. */
async function openAudit(page: Page, demo: RunningDemo): Promise<void> {
  await signInOrRegister(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('Location (optional)').fill('By the audit');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto(page.url().replace(/\/devices\/locks.*/, '/logs/activity'));
  await page.getByRole('navigation', { name: 'Logs' }).getByRole('link', { name: 'Audit' }).click();
  await expect(page).toHaveTitle(/Audit/);
}

test('Review Audit logs: filter, sort, open a row, export', async ({ page, demo }) => {
  await openAudit(page, demo);
  const edited = page.getByRole('row').filter({ hasText: 'Lock edited' }).first();
  await expect(edited).toContainText('Done');
  await look(page, 'audit');

  await showFilters(page);
  await page.getByLabel('Operation type').selectOption('Lock edited');
  await expect(page).toHaveURL(/operation=lock\.update/);
  await page.getByLabel('Status', { exact: true }).selectOption('Done');
  await page.getByLabel('User', { exact: true }).selectOption('ada');
  await expect(page.getByRole('row').filter({ hasText: 'Link and PIN shown' })).toHaveCount(0);

  await edited.getByRole('button', { name: 'Lock edited' }).click();
  const changes = page.getByRole('table').getByRole('table');
  const location = changes.getByRole('row').filter({ hasText: 'Location' });
  await expect(location.getByRole('cell').last()).toHaveText('By the audit');
  await expect(page.getByText('Request ID').last()).toBeVisible();
  await look(page, 'audit-details');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const csv = await download;
  expect(csv.suggestedFilename()).toMatch(/^audit-HOME_\w+-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await csv.path(), 'utf8');
  expect(text.split('\r\n')[0]).toContain('Timestamp');
  expect(text).toContain('lock.update');
  expect(text).not.toContain('lock.add');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('columnheader', { name: 'Operation' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=operation&order=asc/);
  await expect(page.getByRole('columnheader', { name: 'Operation' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  // Whoever sorts by the keyboard goes on from there.
  await expect(page.getByRole('columnheader', { name: 'Operation' }).getByRole('button')).toBeFocused();
  await page.getByLabel('Rows per page').selectOption('100');
  await expect(page).toHaveURL(/rows=100/);
});

test('what is found in the Audit is found by the name of an operation, and nothing is said to be so', async ({
  page,
  demo,
}) => {
  await openAudit(page, demo);

  await showFilters(page);
  await page.getByLabel('Search').fill('lock edit');
  await expect(page).toHaveURL(/search=lock/);
  await expect(page.getByRole('row').filter({ hasText: 'Lock edited' }).first()).toBeVisible();
  await page.getByLabel('Search').fill('nothing is called this');
  await expect(page.getByText('No entry matches')).toBeVisible();
  await look(page, 'audit-no-match');
});

test('the Audit is read by the keyboard, and its signed end is taken away', async ({ page, demo }) => {
  await openAudit(page, demo);
  await page.getByRole('row').filter({ hasText: 'Lock edited' }).first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Number in the chain')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Number in the chain')).toHaveCount(0);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download checkpoint' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-checkpoint-HOME_\w+-\d{4}-\d\d-\d\d\.json$/);
  const checkpoint = JSON.parse(readFileSync(await file.path(), 'utf8')) as { heads: unknown[] };
  expect(checkpoint.heads).toHaveLength(1);
});

test('on a phone the filters are one button, and what is set stands beside it', async ({ page, demo }) => {
  await openAudit(page, demo);
  const isPhone = (page.viewportSize()?.width ?? 0) < 720;
  const button = page.getByRole('button', { name: /^Filters/ });
  if (!isPhone) {
    await expect(button).toHaveCount(0);
    await expect(page.getByLabel('Operation type')).toBeVisible();
    return;
  }
  await expect(page.getByLabel('Operation type')).toBeHidden();
  await expect(button).toHaveAccessibleName('Filters');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await page.getByLabel('Operation type').selectOption('Lock edited');
  await page.getByLabel('From').fill('2026-01-01');
  await look(page, 'filters-open');
  await button.click();

  await expect(page.getByLabel('Operation type')).toBeHidden();
  await expect(button).toHaveAccessibleName('Filters (2)');
  await look(page, 'filters-folded');
  await page.getByRole('button', { name: 'Take off Operation type: Lock edited' }).click();
  await expect(page).not.toHaveURL(/operation=/);
  await expect(button).toBeFocused();
  await expect(button).toHaveAccessibleName('Filters (1)');
});

test('the page of the Audit stands in its address', async ({ page, demo }) => {
  await openAudit(page, demo);
  const entity = page.url().replace(/\/e\/([^/]+)\/.*/, '/api/entities/$1');
  for (let entry = 0; entry < 26; entry += 1) {
    const answer = await page.request.get(`${entity}/activity.csv`);
    expect(answer.ok()).toBe(true);
  }
  await page.reload();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText('Page 2')).toBeVisible();

  await page.reload();
  await expect(page.getByText('Page 2')).toBeVisible();
  await look(page, 'audit-page-2');
  await page.goBack();
  await expect(page.getByText('Page 1')).toBeVisible();
});
