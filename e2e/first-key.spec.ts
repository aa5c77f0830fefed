import { expect, type Page } from '@playwright/test';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';

/** Makes a guest key for the one lock of the page, and tells the link of its result panel. */
async function createGuestKey(page: Page, wanted: { name: string; email?: string }): Promise<string> {
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (optional)').fill(wanted.name);
  await dialog.getByLabel('Max uses').fill('2');
  if (wanted.email !== undefined) await dialog.getByLabel('Email recipient').fill(wanted.email);
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByRole('heading', { name: 'Guest Key created' })).toBeVisible();
  return dialog.getByLabel('Link').inputValue();
}

test('a guest key is made, handed on by email, and its page opens the door for whoever has the link', async ({
  page,
  context,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });

  const link = await createGuestKey(page, { name: 'Amina Haddad', email: 'amina@example.org' });
  await expect(page.getByText(/^On its way to amina@example\.org/)).toBeVisible();
  await look(page, 'guest-key-created');
  await page.getByRole('button', { name: 'Done' }).click();

  await page.goto(page.url().replace(/\/devices\/.*/, '/outbox'));
  await expect(page.getByRole('link', { name: link })).toBeVisible();
  await look(page, 'outbox');

  const visitor = await context.newPage();
  await visitor.goto(link);
  await expect(visitor.getByRole('button', { name: /^Open / })).toBeVisible();
  await expect(visitor.getByText('2 uses left')).toBeVisible();
  await expect(visitor.getByText(/takes a use, also while it is already unlocked/)).toBeVisible();
  await look(visitor, 'key-page');

  await visitor.getByRole('button', { name: /^Open / }).click();
  await expect(visitor.getByText(/^Unlocked/)).toBeVisible();
  await expect(visitor.getByText('1 use left')).toBeVisible();
  await expect(visitor.getByText('The door was opened and is closed again.')).toBeVisible();
  await look(visitor, 'key-page-opened');
});

test('a key page that is asked for too often says how long it waits, and goes on by itself', async ({
  page,
  context,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  // With a slash, as some mailers write a link.
  const link = (await createGuestKey(page, { name: 'Mira Voss' })).replace('/k#', '/k/#');
  const visitor = await context.newPage();
  const tooOften = { error: { code: 'too_many_requests', requestId: '', retryAfterS: 4 } };
  await visitor.route('**/api/key-page', (route) => route.fulfill({ status: 429, json: tooOften }), {
    times: 1,
  });

  await visitor.goto(link);

  await expect(visitor.getByText(/^Too many tries\. Wait \d s; this page goes on by itself/)).toBeVisible();
  await look(visitor, 'key-page-waits');
  await expect(visitor.getByRole('button', { name: /^Open / })).toBeVisible();
});

test('a deleted guest key stays in the list, and its page opens nothing', async ({ page, context, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const link = await createGuestKey(page, { name: 'Jonas Weber' });
  await page.getByRole('button', { name: 'Done' }).click();
  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const card = page.getByRole('listitem', { name: 'Jonas Weber' }).first();
  await expect(card.getByText('Active', { exact: true })).toBeVisible();
  await look(page, 'keys');

  await card.getByRole('button', { name: 'Delete Jonas Weber' }).click();
  await page.getByLabel('Reason (optional)').fill('He has moved out.');
  await look(page, 'key-delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();

  await expect(card.getByText('Revoked', { exact: true })).toBeVisible();
  const visitor = await context.newPage();
  await visitor.goto(link.replace(/#.*/, `#${'A'.repeat(22)}`));
  await expect(visitor.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
  // Another link that is opened in the same tab is another key.
  await visitor.evaluate((hash) => location.assign(hash), new URL(link).hash);
  await expect(visitor.getByRole('main')).toHaveText('This key was taken back.Ask whoever sent it to you.');
  await look(visitor, 'key-page-deleted');
});

test('what cannot be is said beside its field', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (optional)').fill('x'.repeat(500));
  await dialog.getByLabel('Valid From').fill('2027-03-28T02:30');
  await dialog.getByLabel('Valid Until').fill('2027-03-27T02:30');
  await dialog.getByLabel('Max uses').fill('256');

  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();

  await expect(dialog.getByText(/^A name is one visible line/)).toBeVisible();
  await expect(dialog.getByText('The clocks skip this time here. Choose another one.')).toBeVisible();
  await expect(dialog.getByText('A whole number from 1 to 255, or nothing.')).toBeVisible();
  await look(page, 'guest-key-problems');
});
