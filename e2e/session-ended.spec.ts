import { expect } from '@playwright/test';
import { doorOf, look, password, register, test } from './demo-fixture.ts';

test('a session that ended asks again over the page, and what was typed is still there', async ({
  page,
  newDemo: demo,
}) => {
  await register(page, demo, { email: 'ida@example.com', door: doorOf(demo, 0) });
  await page.goto(page.url().replace(/\/devices.*/, '/users'));
  await page.getByRole('button', { name: 'New User' }).click();
  const form = page.getByRole('dialog', { name: 'New User' });
  await form.getByLabel('Full name').fill('Grace Hopper');
  await form.getByLabel('Email address').fill('grace@example.com');
  await form.getByLabel('Phone').fill('+49 30 1234');

  await page.context().clearCookies();
  await form.getByRole('button', { name: 'Create User' }).click();
  const asking = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(asking.getByText('ida@example.com')).toBeVisible();
  await look(page, 'session-ended');
  await asking.getByLabel('Password', { exact: true }).fill('not the password at all');
  await asking.getByRole('button', { name: 'Sign In' }).click();
  await expect(asking.getByRole('alert')).toBeVisible();
  await asking.getByLabel('Password', { exact: true }).fill(password);
  await asking.getByRole('button', { name: 'Sign In' }).click();
  await expect(asking).toHaveCount(0);

  await expect(form.getByLabel('Full name')).toHaveValue('Grace Hopper');
  await expect(form.getByLabel('Email address')).toHaveValue('grace@example.com');
  await expect(form.getByLabel('Phone')).toHaveValue('+49 30 1234');
  await form.getByRole('button', { name: 'Create User' }).click();
  await expect(form).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Grace Hopper' })).toBeVisible();
});
