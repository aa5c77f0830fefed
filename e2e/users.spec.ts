import { type Browser, expect, type Page } from '@playwright/test';
import { doorOf, look, register, showFilters, test, type RunningDemo } from './demo-fixture.ts';

const manager = 'grace@example.com';
const newPassword = 'violet lantern harbour';

async function openUsers(page: Page, demo: RunningDemo): Promise<void> {
  await register(page, demo, { email: manager, door: doorOf(demo, 0) });
  await page.goto(page.url().replace(/\/devices.*/, '/users'));
  await expect(page.getByRole('heading', { name: 'Users', exact: true })).toBeVisible();
}

function rowOf(page: Page, name: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
}

async function createUser(
  page: Page,
  wanted: { name: string; email: string; plate?: string },
): Promise<void> {
  await page.getByRole('button', { name: 'New User' }).click();
  const dialog = page.getByRole('dialog', { name: 'New User' });
  await dialog.getByLabel('Full name').fill(wanted.name);
  await dialog.getByLabel('Email address').fill(wanted.email);
  await dialog.getByLabel('Phone').fill('+49 30 1234');
  if (wanted.plate !== undefined) {
    await dialog.getByRole('textbox', { name: 'License plates' }).fill(wanted.plate);
    await dialog.getByRole('button', { name: 'Add plate' }).click();
    await expect(dialog.getByRole('button', { name: `Remove plate ${wanted.plate}` })).toBeVisible();
  }
  await look(page, 'user-new');
  await dialog.getByRole('button', { name: 'Create User' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, wanted.name)).toBeVisible();
}

/** An address that the organisation knows is refused beside the field, and the focus goes there. */
async function refuseKnownAddress(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'New User' }).click();
  const dialog = page.getByRole('dialog', { name: 'New User' });
  await dialog.getByLabel('Full name').fill('Another Ada');
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByRole('button', { name: 'Create User' }).click();
  await expect(dialog.getByText('Your organisation has a user with this address already.')).toBeVisible();
  await expect(dialog.getByLabel('Email address')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'New User' })).toBeFocused();
}

/** The link in the newest mail of the demo. */
async function newestLink(page: Page): Promise<string> {
  const outbox = await page.context().newPage();
  await outbox.goto(page.url().replace(/\/users.*/, '/outbox'));
  const text = await outbox
    .getByText(/\/invitation#/)
    .first()
    .textContent();
  await outbox.close();
  return /https?:\S+\/invitation#[\w-]+/.exec(text ?? '')?.[0] ?? '';
}

/** Somebody whom a welcome email invited, in a browser of her own. */
async function acceptWelcome(browser: Browser, link: string): Promise<Page> {
  const guest = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await guest.goto(link);
  await expect(guest.getByText(/^You were added to Hauptstrasse 1/)).toBeVisible();
  await guest.getByLabel('Password', { exact: true }).fill(newPassword);
  await guest.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(guest.getByText('There is nothing here for you to manage.')).toBeVisible();
  await look(guest, 'resident');
  return guest;
}

test('a user is created, found and edited, step by step', async ({ page, newDemo }) => {
  await openUsers(page, newDemo);
  await createUser(page, { name: 'Ada Lovelace', email: 'ada.l@example.com', plate: 'B-AL 1815' });
  await createUser(page, { name: 'Alan Turing', email: 'alan.t@example.com' });
  await look(page, 'users');
  await refuseKnownAddress(page, 'ADA.L@example.com');

  await showFilters(page);
  for (const [typed, found] of [
    ['love', 'Ada Lovelace'],
    ['al1815', 'Ada Lovelace'],
    ['turing', 'Alan Turing'],
  ] as const) {
    await page.getByLabel('Search by name').fill(typed);
    await expect(page.locator('.user-row')).toHaveCount(1);
    await expect(rowOf(page, found)).toBeVisible();
  }
  await page.getByLabel('Search by name').fill('nobody');
  await expect(page.getByText('No user fits these filters.')).toBeVisible();
  await look(page, 'users-none-found');
  await page.getByRole('main').getByRole('link', { name: 'Clear filters' }).click();

  await page.getByRole('button', { name: 'Edit Ada Lovelace' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit Ada Lovelace' });
  const home = edit.getByRole('switch', { name: /Hauptstrasse 1/ });
  await expect(home).toBeChecked();
  await home.click();
  await edit.getByRole('button', { name: 'Save Changes' }).click();
  await expect(edit.getByText('Choose at least one Entity.')).toBeVisible();
  await home.click();
  await edit.getByLabel('Mobile').fill('0170 5566');
  await look(page, 'user-edit');
  await edit.getByRole('button', { name: 'Save Changes' }).click();
  await expect(rowOf(page, 'Ada Lovelace')).toContainText('0170 5566');
});

test('a user accepts the welcome, is deactivated, and signs in again once reactivated', async ({
  page,
  newDemo,
  browser,
}) => {
  await openUsers(page, newDemo);
  await createUser(page, { name: 'Alan Turing', email: 'alan.t@example.com' });
  const guest = await acceptWelcome(browser, await newestLink(page));
  await page.reload();
  await expect(rowOf(page, 'Alan Turing')).toContainText('Can sign in');

  await page.getByRole('button', { name: 'Deactivate Alan Turing' }).click();
  const deactivation = page.getByRole('dialog', { name: 'Deactivate Alan Turing' });
  await deactivation.getByLabel('Reason').fill('moved out');
  await look(page, 'user-deactivate');
  await deactivation.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(rowOf(page, 'Alan Turing')).toContainText('moved out');
  await expect(rowOf(page, 'Alan Turing')).toContainText('Deactivated');
  await expect(page.getByRole('button', { name: 'Reactivate User Alan Turing' })).toBeFocused();
  await guest.goto(`${newDemo.portalUrl}/sign-in`);
  await guest.getByLabel('Email address').fill('alan.t@example.com');
  await guest.getByLabel('Password', { exact: true }).fill(newPassword);
  await guest.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(guest.getByRole('alert')).toContainText('You were deactivated');
  await look(page, 'users-deactivated');

  await page.getByRole('button', { name: 'Reactivate User Alan Turing' }).click();
  await look(page, 'user-reactivate');
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate User' }).click();
  await expect(rowOf(page, 'Alan Turing')).toContainText('Resident');
  await guest.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(guest.getByRole('button', { name: /^Your menu/ })).toBeVisible();
});
