import { expect, type Locator, type Page } from '@playwright/test';
import { createGuestKey, openStreet, typePin } from './at-the-door.ts';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';
const minuteMs = 60_000;

/** A wall minute of the home, as the fields for times take it. */
function wallMinute(at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(at).replace(' ', 'T');
}

/** The next whole minute that is still far enough away to be typed. */
function soon(): number {
  return Math.ceil((Date.now() + 20_000) / minuteMs) * minuteMs;
}

interface Change {
  readonly 'Valid From'?: string;
  readonly 'Valid Until'?: string;
  readonly 'Max uses'?: string;
}

async function fillUpdate(page: Page, name: string, change: Change): Promise<Locator> {
  const key = page.getByRole('listitem', { name }).first();
  await key.getByRole('button', { name: `Update ${name}` }).click();
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(change)) await dialog.getByLabel(label).fill(String(value));
  return dialog;
}

/** Updates a Key on its page, and waits until its door has it. */
async function update(page: Page, name: string, change: Change): Promise<void> {
  const dialog = await fillUpdate(page, name, change);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  const key = page.getByRole('listitem', { name }).first();
  await expect(key.getByText('Enforced', { exact: true })).toBeVisible();
}

async function askWhy(page: Page, name: string): Promise<Locator> {
  const key = page.getByRole('listitem', { name }).first();
  await key.getByRole('button', { name: `Why? ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Opened with').selectOption('PIN');
  await dialog.getByRole('button', { name: 'Check', exact: true }).click();
  return dialog;
}

test('a guest key is exhausted, extended, shortened, expires, and comes back with its PIN', async ({
  page,
  context,
  demo,
}) => {
  const guest = 'Tove Lind';
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const { link, pin } = await createGuestKey(page, { name: guest, maxUses: 1 });
  const { door } = await openStreet(page, demo);
  const visitor = await context.newPage();
  await visitor.goto(link);
  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  await typePin(door, pin, 'Yes');
  await typePin(door, pin, 'No');
  await expect(visitor.getByText('All uses are spent.')).toBeVisible();

  await update(page, guest, { 'Max uses': '9', 'Valid Until': wallMinute(Date.now() + 60 * minuteMs) });
  await typePin(door, pin, 'Yes');
  await update(page, guest, { 'Valid From': wallMinute(Date.now() + 30 * minuteMs) });
  await typePin(door, pin, 'No');

  const end = soon();
  await update(page, guest, {
    'Valid From': wallMinute(Date.now() - 5 * minuteMs),
    'Valid Until': wallMinute(end),
  });
  await typePin(door, pin, 'Yes');
  await expect(visitor.getByText('This key has ended.')).toBeVisible({ timeout: 2 * minuteMs });
  expect(Date.now()).toBeGreaterThanOrEqual(end);
  await typePin(door, pin, 'No');
  await visitor.setViewportSize({ width: 390, height: 844 });
  await look(visitor, 'key-page-expired');
  const key = page.getByRole('listitem', { name: guest }).first();
  await expect(key.getByText('Expired', { exact: true })).toBeVisible();
  const why = await askWhy(page, guest);
  await expect(why.getByText('It does not open: it has expired.')).toBeVisible();
  await look(page, 'why-key');
  await why.getByLabel('When (optional)').fill('2031-03-30T02:30');
  await why.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(why.getByText('The clocks skip this time here. Choose another one.')).toBeVisible();
  await expect(why.getByText('It does not open: it has expired.')).toHaveCount(0);
  await why.getByRole('button', { name: 'Close', exact: true }).last().click();

  await update(page, guest, { 'Valid Until': wallMinute(Date.now() + 60 * minuteMs) });
  await typePin(door, pin, 'Yes');
  await key.getByRole('button', { name: `Activity of ${guest}` }).click();
  await expect(page.getByLabel('Key UUID')).toHaveValue(/^[0-9a-f-]{36}$/);
  const told = page.locator('.activity-row');
  await expect(told.nth(0)).toContainText(`${guest} unlocked`);
  await expect(told.nth(1)).toContainText(`accepted ${guest}’s key`);
  await expect(told.filter({ hasText: guest })).toHaveCount(await told.count());
  await look(page, 'activity-of-a-key');
});

test('of two windows that update a key the later one is told, and may save again', async ({
  page,
  context,
  demo,
}) => {
  const guest = 'Ines Prado';
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await createGuestKey(page, { name: guest, maxUses: 3 });
  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const second = await context.newPage();
  await second.goto(page.url());
  const dialog = await fillUpdate(page, guest, { 'Max uses': '5' });
  await update(second, guest, { 'Max uses': '7' });

  await dialog.getByRole('button', { name: 'Save' }).click();

  await expect(dialog.getByText('Somebody changed it meanwhile')).toBeVisible();
  await expect(dialog.getByText(/^It is now valid from .*0 of 7 spent/)).toBeVisible();
  await look(page, 'update-conflict');
  await expect(dialog.getByLabel('Max uses')).toHaveValue('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(second.getByRole('listitem', { name: guest }).first()).toContainText('0 of 5 spent');
});

test('of two windows one is told in place that the key which it updates was deleted in the other', async ({
  page,
  context,
  demo,
}) => {
  const guest = 'Luca Ferri';
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await createGuestKey(page, { name: guest, maxUses: 3 });
  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const second = await context.newPage();
  await second.goto(page.url());
  const dialog = await fillUpdate(page, guest, { 'Max uses': '5' });
  const field = dialog.getByLabel('Max uses');
  await field.focus();
  await second.getByRole('button', { name: `Delete ${guest}` }).click();
  await second.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();

  await expect(dialog.getByRole('alert')).toContainText('This key was deleted.');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('5');
  await expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'update-of-a-deleted-key');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const card = page.getByRole('listitem', { name: guest }).first();
  await expect(card.getByText('0 of 3 spent', { exact: true })).toBeVisible();
});

test('a key that is deleted while its door is away opens until the door hears of it, not longer', async ({
  page,
  demo,
}) => {
  const guest = 'Bao Tran';
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const { pin } = await createGuestKey(page, { name: guest, maxUses: 9 });
  const { door } = await openStreet(page, demo);
  await door.getByRole('radio', { name: 'Cut' }).click();
  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const key = page.getByRole('listitem', { name: guest }).first();
  await key.getByRole('button', { name: `Delete ${guest}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/is offline since/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();

  await expect(key.getByText('Revoked', { exact: true })).toBeVisible();
  await expect(key.getByText(/Until then it may still open/)).toBeVisible();
  await look(page, 'key-deleted-offline');
  const why = await askWhy(page, guest);
  await expect(why.getByText(/^The door does not know the newest change yet, offline since /)).toBeVisible();
  await expect(why.getByText('It does not open: it was revoked.')).toBeVisible();
  await look(page, 'why-key-offline');
  await why.getByRole('button', { name: 'Close', exact: true }).last().click();
  await typePin(door, pin, 'Yes');
  await door.getByRole('radio', { name: 'Connected' }).click();
  await expect(key.getByText('Enforced', { exact: true })).toBeVisible();
  await typePin(door, pin, 'No');
});
