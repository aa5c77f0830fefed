import { expect, type Page } from '@playwright/test';
import { startDemoServer } from '../tools/demo/demo.ts';
import { createGuestKey, openStreet, seeEnforced, showPicture, typePin } from './at-the-door.ts';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';
const guest = 'Mila Novak';

/** A picture of the QR that the page shows just now. */
function pictureOf(visitor: Page): Promise<Buffer> {
  return visitor.locator('.qr').screenshot();
}

test('a guest key opens by link, then by PIN and QR without a server, and not once more', async ({
  page,
  context,
  newDemo,
}) => {
  await signInOrRegister(page, newDemo, { email: ada, door: doorOf(newDemo, 0) });
  const { link, pin } = await createGuestKey(page, { name: guest, maxUses: 4 });
  const visitor = await context.newPage();
  await visitor.goto(link);
  await visitor.getByRole('button', { name: /^Open / }).click();
  await expect(visitor.getByText('The door was opened and is closed again.')).toBeVisible();
  await expect(visitor.getByText('3 uses left')).toBeVisible();
  const { street, door } = await openStreet(page, newDemo);

  newDemo.server.process.kill('SIGKILL');
  await expect(visitor.getByText(/^No connection\. /)).toBeVisible();
  await look(visitor, 'key-page-without-a-server');
  await typePin(door, pin, 'Yes');
  const picture = await pictureOf(visitor);
  await showPicture(door, picture, 'Yes');
  await showPicture(door, picture, 'No');
  await typePin(door, pin, 'Yes');
  await typePin(door, pin, 'No');
  await look(street, 'street-refuses');

  newDemo.server = await startDemoServer(newDemo.options);
  await page.goto(page.url().replace(/\/devices\/.*/, '/logs/activity?advanced=true'));
  const told = page.getByRole('listitem').filter({ hasText: guest });
  const verdicts = told.filter({ hasText: /accepted|refused/ });
  await expect(verdicts).toHaveCount(6);
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

test('a changed or deleted guest key is so at its door within two seconds', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  const { pin } = await createGuestKey(page, { name: guest, maxUses: 9 });
  const { door } = await openStreet(page, demo);
  await typePin(door, pin, 'Yes');

  await page.goto(page.url().replace(/\/devices\/.*/, '/keys'));
  const key = page.getByRole('listitem', { name: guest }).first();
  await key.getByRole('button', { name: `Delete ${guest}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  // Until the page knows of it, Enforced is what the door had before.
  await expect(key.getByText('Revoked', { exact: true })).toBeVisible();
  await seeEnforced(key);
  await typePin(door, pin, 'No');
});
