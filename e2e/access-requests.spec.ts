import { type Browser, expect, type Page } from '@playwright/test';
import { doorOf, look, register, test, type RunningDemo } from './demo-fixture.ts';

const owner = 'ada@example.com';
const installer = 'ivy@example.com';

/** The installer has a lock of her own, and so an Account. */
async function registerInstaller(browser: Browser, demo: RunningDemo): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await register(page, demo, { email: installer, door: doorOf(demo, 1) });
  return page;
}

async function openAccessRequests(page: Page): Promise<void> {
  await page.goto(page.url().replace(/(\/e\/[^/]+).*/, '$1/settings/profile'));
  await page.getByRole('link', { name: 'Access Requests' }).click();
  await expect(page.getByRole('heading', { name: 'Submitted Requests' })).toBeVisible();
}

async function askForLock(page: Page, demo: RunningDemo, serial: string): Promise<void> {
  await page.goto(`${demo.portalUrl}/request-installer-access`);
  await page.getByLabel("Owner's email address").fill(owner);
  await page.getByLabel('Lock serial numbers').fill('K7Q2');
  await page.getByRole('button', { name: 'Submit the request' }).click();
  await expect(page.getByText('One of these is not a serial number')).toBeVisible();
  await page.getByLabel('Lock serial numbers').fill(serial);
  await page.getByLabel('Reason').fill('A new reader at the entrance');
  await look(page, 'request-installer');
  await page.getByRole('button', { name: 'Submit the request' }).click();
  await expect(page.getByRole('heading', { name: 'Request submitted' })).toBeVisible();
  await page.getByRole('link', { name: 'See Submitted Requests' }).click();
  await expect(page.getByText(`To ${owner}`)).toBeVisible();
  await expect(page.getByText('Pending', { exact: true })).toBeVisible();
}

/** Approve with another duration than was asked for. */
async function approve(page: Page): Promise<void> {
  const row = page.getByRole('listitem').filter({ hasText: installer }).first();
  await expect(row.getByText('A new reader at the entrance')).toBeVisible();
  await row.getByLabel('Approve for: Number').fill('2');
  await row.getByLabel('Approve for: Unit').selectOption('hours');
  await look(page, 'access-requests-incoming');
  await row.getByRole('button', { name: `Approve the request of ${installer}` }).click();
  await expect(row.getByText('Approved', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Ends in 1:59:\d\d$/)).toBeVisible();
  await look(page, 'access-requests-mandate');
}

test('an installer asks for a lock, and has it until the owner ends it', async ({
  page,
  browser,
  newDemo,
}) => {
  const door = doorOf(newDemo, 0);
  await register(page, newDemo, { email: owner, door });
  const ivy = await registerInstaller(browser, newDemo);
  await askForLock(ivy, newDemo, door.serial);
  await openAccessRequests(page);
  await approve(page);

  await ivy.reload();
  await expect(ivy.getByText('Approved', { exact: true })).toBeVisible();
  await look(ivy, 'access-requests-submitted');
  await ivy.getByRole('link', { name: /^Open / }).click();
  await expect(ivy.getByRole('heading', { name: 'Devices' })).toBeVisible();
  await expect(ivy.getByText(/^Your access here ends in 1:5\d:\d\d$/)).toBeVisible();
  await expect(ivy.getByText('Active', { exact: true })).toBeVisible();
  await look(ivy, 'installer-locks');

  await page.getByRole('button', { name: 'End now: the Mandate of ivy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
  await expect(page.getByText(/^Ends in/)).toHaveCount(0);
  await ivy.reload();
  await expect(ivy.getByRole('heading', { name: 'Devices' })).toHaveCount(0);
});

test('a request to manage an Entity is rejected, and withdrawn', async ({ page, browser, newDemo }) => {
  await register(page, newDemo, { email: owner, door: doorOf(newDemo, 0) });
  await page.goto(page.url().replace(/\/devices.*/, '/dashboard'));
  const code = await page.locator('.entity-code').textContent();
  const ivy = await registerInstaller(browser, newDemo);
  for (const entityCode of [code ?? '', 'NO_SUCH_CODE']) {
    await ivy.goto(`${newDemo.portalUrl}/request-entity-management`);
    await ivy.getByLabel("Owner's email address").fill(owner);
    await ivy.getByLabel('Entity code').fill(entityCode);
    if (entityCode === code) await look(ivy, 'request-entity');
    await ivy.getByRole('button', { name: 'Submit the request' }).click();
    await expect(ivy.getByRole('heading', { name: 'Request submitted' })).toBeVisible();
  }

  await openAccessRequests(page);
  await expect(page.getByText('30 days')).toHaveCount(1);
  await page.getByRole('button', { name: `Reject the request of ${installer}` }).click();
  await look(page, 'access-requests-reject');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByText('Rejected', { exact: true })).toBeVisible();

  await ivy.getByRole('link', { name: 'See Submitted Requests' }).click();
  await expect(ivy.getByText('Rejected', { exact: true })).toBeVisible();
  await ivy.getByRole('button', { name: `Withdraw the request to ${owner}` }).click();
  await expect(ivy.getByText('Withdrawn', { exact: true })).toBeVisible();
});
