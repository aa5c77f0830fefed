import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { doorOf, look, register, test, type RunningDemo } from './demo-fixture.ts';

const email = 'rosa@example.com';
const newPassword = 'violet lantern harbour';
const claviger = join(import.meta.dirname, '../apps/server/src/cli/claviger.ts');

/** `claviger reset-link`, beside the running server. */
async function makeLink(demo: RunningDemo): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [claviger, 'reset-link', email], {
    env: {
      ...process.env,
      ...demo.options.environment,
      CLAVIGER_DATA: demo.dataFolder,
      CLAVIGER_MODE: 'demo',
    },
  });
  return /https?:\S+/.exec(stdout)?.[0] ?? '';
}

test('who forgot the password gets a link from whoever runs the installation, and sets a new one', async ({
  page,
  newDemo,
}) => {
  await register(page, newDemo, { email, door: doorOf(newDemo, 0) });
  await page.context().clearCookies();
  await page.goto(`${newDemo.portalUrl}/sign-in`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(page.getByText(/claviger reset-link/)).toBeVisible();
  await look(page, 'forgotten-password');

  const link = await makeLink(newDemo);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  expect(page.url()).not.toContain('#');
  await look(page, 'new-password');
  await page.getByLabel('New password', { exact: true }).fill('password1234');
  await page.getByRole('button', { name: 'Change Password' }).click();
  await expect(page.getByText(/guess/)).toBeVisible();
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Change Password' }).click();
  await expect(page.getByRole('heading', { name: 'The new password is set' })).toBeVisible();
  await look(page, 'new-password-set');

  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill('another quiet meadow');
  await page.getByRole('button', { name: 'Change Password' }).click();
  await expect(page.getByRole('heading', { name: 'This link does not hold' })).toBeVisible();
  await look(page, 'new-password-void');
});
