import { expect, type Locator, type Page } from '@playwright/test';
import { startDemoServer } from '../tools/demo/demo.ts';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';
const guest = 'Mila Novak';

/** What a door was offline for goes up to the server, and stands in Activity, within this. */
const caughtUpWithinMs = 30_000;

/** The page of a Key looks again every 15 seconds. */
const lookedAgainWithinMs = 30_000;

interface Shared {
  readonly link: string;
  readonly pin: string;
}

/** Makes a guest key for the one lock of the page, and waits until its door has it. */
async function createGuestKey(page: Page, maxUses: number): Promise<Shared> {
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (optional)').fill(guest);
  await dialog.getByLabel('Max uses').fill(String(maxUses));
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByText('Enforced', { exact: true })).toBeVisible();
  const link = await dialog.getByLabel('Link').inputValue();
  const digits = await dialog.getByRole('group', { name: 'PIN' }).locator('b').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return { link, pin: digits.replaceAll(/\D/g, '') };
}

/** The reader of a door on the street that was chosen there. */
async function readerOf(card: Locator, name: 'Keypad' | 'QR reader'): Promise<Locator> {
  await card.getByRole('radio', { name }).check();
  return card.getByRole('group', { name: new RegExp(`^${name} at`) });
}

async function typePin(card: Locator, pin: string, answer: 'Yes' | 'No'): Promise<void> {
  const keypad = await readerOf(card, 'Keypad');
  await keypad.getByLabel('PIN').fill(pin);
  await keypad.getByLabel('PIN').press('Enter');
  await expect(keypad.getByRole('status')).toHaveText(answer);
  await expect(keypad.getByRole('status')).not.toHaveText(answer);
}

/** Takes a picture of the QR that the page shows just now, and holds it before the reader. */
async function showQr(visitor: Page, card: Locator, answer: 'Yes' | 'No'): Promise<void> {
  const buffer = await visitor.locator('.qr').screenshot();
  const reader = await readerOf(card, 'QR reader');
  await reader.getByLabel('Picture of a QR').setInputFiles({ name: 'qr.png', mimeType: 'image/png', buffer });
  await expect(reader.getByRole('status')).toHaveText(answer);
  await expect(reader.getByRole('status')).not.toHaveText(answer);
}

test('a guest key opens by link, then by PIN and QR without a server, and not once more', async ({
  page,
  context,
  newDemo,
}) => {
  test.setTimeout(180_000);
  await signInOrRegister(page, newDemo, { email: ada, door: doorOf(newDemo, 0) });
  const { link, pin } = await createGuestKey(page, 4);
  const visitor = await context.newPage();
  await visitor.goto(link);
  await visitor.getByRole('button', { name: /^Open / }).click();
  await expect(visitor.getByText('The door was opened and is closed again.')).toBeVisible();
  await expect(visitor.getByText('3 uses left')).toBeVisible({ timeout: caughtUpWithinMs });
  const street = await context.newPage();
  await street.goto(newDemo.streetUrl);
  const card = street.getByRole('article').filter({ hasText: doorOf(newDemo, 0).name });

  newDemo.server.process.kill('SIGKILL');
  await expect(visitor.getByText(/^No connection\. /)).toBeVisible({ timeout: lookedAgainWithinMs });
  await look(visitor, 'key-page-without-a-server');
  await typePin(card, pin, 'Yes');
  await showQr(visitor, card, 'Yes');
  await showQr(visitor, card, 'No');
  await typePin(card, pin, 'Yes');
  await typePin(card, pin, 'No');
  await look(street, 'street-refuses');

  newDemo.server = await startDemoServer(newDemo.options);
  await page.goto(page.url().replace(/\/devices\/.*/, '/logs/activity?advanced=true'));
  const told = page.getByRole('listitem').filter({ hasText: guest });
  const verdicts = told.filter({ hasText: /accepted|refused/ });
  await expect(verdicts).toHaveCount(6, { timeout: caughtUpWithinMs });
  await expect(verdicts).toContainText([
    /refused.*uses|uses.*refused/i,
    /accepted.*PIN/,
    /refused/,
    /accepted.*QR/,
    /accepted.*PIN/,
    /accepted.*link/,
  ]);
  await look(page, 'activity-of-a-guest');
});

test('a changed or deleted guest key is so at its door within two seconds', async ({
  page,
  context,
  demo,
}) => {
  test.setTimeout(120_000);
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const { pin } = await createGuestKey(page, 9);
  const street = await context.newPage();
  await street.goto(demo.streetUrl);
  const card = street.getByRole('article').filter({ hasText: doorOf(demo, 0).name });
  await typePin(card, pin, 'Yes');

  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const key = page.getByRole('listitem', { name: guest }).first();
  await key.getByRole('button', { name: `Delete ${guest}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  // Until the page knows of it, Enforced is what the door had before.
  await expect(key.getByText('Revoked', { exact: true })).toBeVisible();
  await expect(key.getByText('Enforced', { exact: true })).toBeVisible({ timeout: 2_000 });
  await typePin(card, pin, 'No');
});
