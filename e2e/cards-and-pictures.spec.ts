import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import {
  allowCardNumbers,
  fillGuestKey,
  openStreet,
  seeEnforced,
  showPicture,
  tapGreenCard,
} from './at-the-door.ts';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';
const guest = 'Noor Jansen';

/** The picture that the browser saves. */
async function downloadPicture(page: Page): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Download picture' }).click();
  return readFileSync(await (await download).path());
}

function cardOf(page: Page, name: string) {
  return page.getByRole('listitem', { name }).first();
}

/** Asks for the plainest card where the lock does not take it yet, and lets it. */
async function allowCards(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  await expect(page.getByRole('dialog').getByLabel('RF card number')).toBeDisabled();
  await expect(page.getByText(/^Bare card numbers are not allowed at this lock/)).toBeVisible();
  await look(page, 'guest-key-card-not-allowed');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await allowCardNumbers(page);
}

/** Makes the Key of the guest, with a card and a picture, and keeps what it opens with. */
async function giveCardAndPicture(page: Page) {
  const dialog = await fillGuestKey(page, {
    name: guest,
    card: '04:5e:2a:91:c7:3b:80',
    withPicture: true,
  });
  await expect(dialog.getByText('Understood as hexadecimal: 04 5E 2A 91 C7 3B 80')).toBeVisible();
  await expect(dialog.getByText(/^Whoever has the picture gets in\./)).toBeVisible();
  await dialog.getByLabel('Email recipient').fill('noor@example.org');
  await look(page, 'guest-key-with-card');
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByText('Enforced', { exact: true })).toBeVisible();
  await look(page, 'guest-key-with-picture');
  const picture = await downloadPicture(page);
  const link = await dialog.getByLabel('Link').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return { picture, link };
}

/** Takes the card of the guest away, and waits until the door knows it. */
async function takeCardAway(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await cardOf(page, guest)
    .getByRole('button', { name: `Update ${guest}` })
    .click();
  await dialog.getByRole('switch', { name: 'Take card •••• 3B80 away' }).click();
  await look(page, 'key-update-card');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(cardOf(page, guest).getByText(/3B80/)).toHaveCount(0);
  await seeEnforced(cardOf(page, guest));
}

test('a card and a static picture open, until the picture is replaced and the card taken away', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await allowCards(page);
  const { picture, link } = await giveCardAndPicture(page);
  const dialog = page.getByRole('dialog');
  const { street, door } = await openStreet(page, demo);
  await showPicture(door, picture, 'Yes');
  await showPicture(door, picture, 'Yes');
  await tapGreenCard(door, 'Yes');

  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  await expect(cardOf(page, guest).getByText('•••• 3B80, can be copied')).toBeVisible();
  await cardOf(page, guest)
    .getByRole('button', { name: `Show link of ${guest}` })
    .click();
  await dialog.getByRole('button', { name: 'New picture' }).click();
  await expect(dialog.getByRole('heading', { name: `New picture for ${guest}?` })).toBeVisible();
  await expect(dialog.getByText(/^This cannot be undone/)).toBeVisible();
  await look(page, 'key-picture-asks');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await showPicture(door, picture, 'Yes');
  await dialog.getByRole('button', { name: 'New picture' }).click();
  await dialog.getByRole('button', { name: 'New picture' }).click();
  await expect(dialog.getByText('Pending', { exact: true })).toHaveCount(0);
  await seeEnforced(dialog);
  await look(page, 'key-picture');
  const next = await dialog
    .getByRole('img', { name: `Static picture of the QR code of ${guest}` })
    .screenshot();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await showPicture(door, picture, 'No');
  await showPicture(door, next, 'Yes');

  await takeCardAway(page);
  await tapGreenCard(door, 'No');
  await street.goto(link);
  await expect(
    street.getByText(/The static picture of this key stays the same and opens too\.$/),
  ).toBeVisible();
  await look(street, 'key-page-beside-a-picture');
  await street.close();

  await page.goto(page.url().replace(/\/keys.*/, '/logs/activity?advanced=true'));
  const refused = page
    .getByRole('listitem')
    .filter({ hasText: guest })
    .filter({ hasText: '(static picture)' });
  await refused
    .getByRole('link', { name: /^Why\?/ })
    .first()
    .click();
  await expect(dialog.getByText('It does not open: it was revoked.')).toBeVisible();
  await look(page, 'why-event');
  await page.goto(page.url().replace(/\/logs\/.*/, '/outbox'));
  await expect(page.getByRole('img', { name: 'Attached picture of a QR code' }).first()).toBeVisible();
  await look(page, 'outbox-with-picture');
});

test('a lock without a reader says so beside the field, and a card in use is nobody’s news', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: 'lin@example.com', door: doorOf(demo, 2) });
  const dialog = await fillGuestKey(page, { name: 'Kim' });
  await expect(dialog.getByLabel('RF card number')).toBeDisabled();
  await expect(dialog.getByText('This lock has no card reader.')).toBeVisible();
  await expect(dialog.getByText(/^This lock has no QR reader/)).toBeVisible();
  await look(page, 'guest-key-without-readers');

  await page.context().clearCookies();
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await allowCardNumbers(page);
  for (const name of ['Ola Berg', 'Sam Okoro']) {
    await fillGuestKey(page, { name, card: '0005384932' });
    await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
    if (name === 'Ola Berg') await dialog.getByRole('button', { name: 'Done' }).click();
  }
  await expect(dialog.getByText(/^This card cannot be used at this lock/)).toBeVisible();
  await expect(dialog.getByText('Ola Berg')).toHaveCount(0);
  await look(page, 'guest-key-card-in-use');
});
