import { expect, type Page } from '@playwright/test';
import { createGuestKey, fillGuestKey, openStreet, showPicture } from './at-the-door.ts';
import { doorOf, look, openFirstLock, showFilters, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';
const guest = 'Mio Tanaka';

/** Edit at the one lock of the page, until its door knows it. */
async function askFor(page: Page, level: 'Low' | 'Medium' | 'High'): Promise<void> {
  await page.getByRole('button', { name: /^Rename or edit / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Minimum assurance').selectOption(level);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^What is wanted here is not in force yet/)).toHaveCount(0);
}

test('a lock that asks for more is offered what it takes, at the form, on the card and on the page', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const before = await createGuestKey(page, { name: guest });
  await askFor(page, 'Medium');

  const dialog = await fillGuestKey(page, { name: guest });
  await expect(dialog.getByText(/^Only the QR code on the key’s page opens here:/)).toBeVisible();
  await look(page, 'guest-key-at-a-strict-lock');
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByText('Enforced', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('group', { name: 'PIN' })).toHaveCount(0);
  await expect(dialog.getByText(/^The PIN of this key does not open/)).toBeVisible();
  await look(page, 'guest-key-made-at-a-strict-lock');
  await dialog.getByRole('button', { name: 'Done' }).click();

  const { street, door } = await openStreet(page, demo);
  const visitor = await page.context().newPage();
  await visitor.goto(before.link);
  await expect(visitor.getByText(/^This door does not open from here\. Show it the QR code/)).toBeVisible();
  await expect(visitor.getByText(/^The PIN does not open this door at present/)).toBeVisible();
  await expect(visitor.getByText(before.pin.replace(/\d{3}/, '$& '))).toHaveCount(0);
  await look(visitor, 'key-page-at-a-strict-lock');
  await showPicture(door, await visitor.getByRole('img', { name: 'QR code' }).screenshot(), 'Yes');

  const locks = page.url();
  await page.goto(locks.replace(/\/devices\/.*/, '/keys'));
  const card = page.getByRole('listitem', { name: guest }).first();
  await expect(card.getByText(/do not open: Open on its page and PIN\.$/)).toBeVisible();
  await look(page, 'keys-at-a-strict-lock');

  await page.goto(locks);
  await askFor(page, 'High');
  await visitor.reload();
  await expect(visitor.getByText(/Show it the QR code below and type the PIN/)).toBeVisible();
  await look(visitor, 'key-page-with-two-proofs');
  await askFor(page, 'Low');
  await visitor.reload();
  await expect(visitor.getByText('Type it at the keypad.')).toBeVisible();
  await street.close();
});

test('a page says that its door does not know the key yet, until it does', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const { door } = await openStreet(page, demo);
  await door.getByRole('radio', { name: 'Cut' }).click();
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  const dialog = await fillGuestKey(page, { name: guest });
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  const link = await dialog.getByLabel('Link').inputValue();
  const visitor = await page.context().newPage();
  await visitor.goto(link);

  await expect(
    visitor.getByText(/^The door does not know this key yet: it has had no connection/),
  ).toBeVisible();
  await expect(visitor.getByText('It opens as soon as the door knows this key.')).toBeVisible();
  await look(visitor, 'key-page-unknown-to-its-door');
  await door.getByRole('radio', { name: 'Connected' }).click();

  await expect(visitor.getByText(/^The door does not know this key yet/)).toHaveCount(0);
  await expect(visitor.getByText('Type it at the keypad.')).toBeVisible();
});

test('nothing is made that would open nothing, and Edit lets another’s change stand', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: 'grace@example.com', door: doorOf(demo, 1) });
  const locks = page.url();
  const other = await page.context().newPage();
  await other.goto(locks);
  const [mine, theirs] = [page.getByRole('dialog'), other.getByRole('dialog')];
  for (const each of [page, other]) await each.getByRole('button', { name: /^Rename or edit / }).click();
  await theirs.getByLabel('New name').fill('Courtyard gate');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await expect(theirs).toHaveCount(0);
  await mine.getByLabel('Minimum assurance').selectOption('Medium');
  await mine.getByRole('button', { name: 'Save' }).click();
  await expect(mine).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Courtyard gate' })).toBeVisible();
  await expect(page.getByText('Minimum assurance: medium')).toBeVisible();

  await page.getByRole('button', { name: /^Guest Key for / }).click();
  await expect(mine.getByText(/^A guest key would open nothing here/)).toBeVisible();
  await mine.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(mine.getByLabel('Lock', { exact: true })).toBeFocused();
  await look(page, 'guest-key-that-opens-nothing');
  await mine.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: /^Rename or edit / }).click();
  await mine.getByLabel('New name').fill('North gate');
  await other.getByRole('button', { name: /^Rename or edit / }).click();
  await theirs.getByLabel('New name').fill('South gate');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await expect(theirs).toHaveCount(0);
  await mine.getByRole('button', { name: 'Save' }).click();
  await expect(
    mine.getByText('It is now called South gate. Save again to use what you have entered.'),
  ).toBeVisible();
  await expect(mine.getByLabel('New name')).toHaveValue('North gate');
  await look(page, 'lock-edit-overtaken');
});

test('who may not edit a lock is shown no pencil, and Activity finds whom an address belongs to', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await openFirstLock(page);
  const activity = page.url().replace(/\/devices\/.*/, '/logs/activity');
  await page.goto(activity);
  await showFilters(page);
  await page.getByLabel('User email').fill('nobody@example.com');
  await expect(page.getByText(/The email address is that of who opened/)).toBeVisible();
  await look(page, 'activity-of-nobody');
  await page.getByLabel('User email').fill(ada.slice(0, 5).toUpperCase());
  await expect(page.getByText(/The email address is that of who opened/)).toHaveCount(0);
  await expect(page.getByText(/ada unlocked/).first()).toBeVisible();

  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as { memberships: { may: string[] }[] };
    for (const held of session.memberships) {
      held.may = held.may.filter((call) => !['updateLock', 'addLock', 'claimLock'].includes(call));
    }
    await route.fulfill({ response: answer, json: session });
  });
  await page.goto(activity.replace('/logs/activity', '/devices/locks'));
  await expect(page.getByRole('button', { name: /^Guest Key for / })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Rename or edit / })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add Lock' })).toHaveCount(0);
  await look(page, 'locks-without-the-pencil');
});
