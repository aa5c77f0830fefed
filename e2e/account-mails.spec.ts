import { expect } from '@playwright/test';
import { doorOf, look, password, register } from './demo-fixture.ts';
import { linkIn, mailTest as test } from './surroundings-fixture.ts';

const email = 'mara@example.com';
const wanted = 'mara.new@example.com';
const newPassword = 'violet lantern harbour';

test('an address is confirmed, changed, and told of what happens to the sign-in', async ({
  page,
  newDemo: demo,
  box,
}) => {
  test.setTimeout(120_000);
  await register(page, demo, { email, door: doorOf(demo, 0) });
  const profile = page.url().replace(/\/devices.*/, '/settings/profile');
  await page.goto(profile);
  const card = page.getByRole('region', { name: 'Email address' });
  await expect(card.getByText('Not confirmed')).toBeVisible();
  await look(page, 'address-unconfirmed');

  await page.goto(linkIn(await box.mailTo(email, /verify-address#/), 'verify-address'));
  await expect(page.getByRole('heading', { name: 'Confirm your email address' })).toBeVisible();
  expect(page.url()).not.toContain('#');
  await look(page, 'verify-address');
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await expect(page.getByRole('heading', { name: 'Address confirmed' })).toBeVisible();
  await page.goto(profile);
  await expect(card.getByText('Confirmed', { exact: true })).toBeVisible();

  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill(newPassword);
  await page.getByRole('button', { name: 'Change Password' }).click();
  const notice = await box.mailTo(email, /The password of your Account/);
  expect(notice).toContain('text/html');
  expect(notice).not.toContain(newPassword);

  await card.getByRole('button', { name: 'Change Email Address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change Email Address' });
  await dialog.getByRole('button', { name: 'Send Link' }).click();
  await expect(dialog.getByText(/^Enter an email address/)).toBeVisible();
  await dialog.getByLabel('New email address').fill(wanted);
  await look(page, 'address-change');
  await dialog.getByRole('button', { name: 'Send Link' }).click();
  await expect(dialog.getByText(/a link is on its way/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText(email)).toBeVisible();

  const link = linkIn(await box.mailTo(wanted, /verify-address#/), 'verify-address');
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByRole('link', { name: 'Go on' }).click();
  await expect(page.getByRole('button', { name: /^Your menu/ })).toBeVisible();
  await page.goto(profile);
  await expect(card.getByText(wanted)).toBeVisible();
  await box.mailTo(email, /has another e-mail address from now on/);

  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await expect(page.getByRole('heading', { name: 'This link does not hold' })).toBeVisible();
});
