import { expect, type Page, type Route } from '@playwright/test';
import type { TestProvider } from '../apps/server/test/provider/test-provider.ts';
import { doorOf, look, password, register } from './demo-fixture.ts';
import { linkIn, signOnTest as test, type MailBox } from './surroundings-fixture.ts';

const email = 'rosa@example.com';
const invited = 'hedy@example.com';

function settings(page: Page): Promise<unknown> {
  return page.goto(page.url().replace(/\/e\/([^/]+)\/.*/, '/e/$1/settings/profile'));
}

/** Here, and at the provider, which would lead straight back otherwise. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.context().clearCookies({ domain: '127.0.0.1' });
}

async function goOnAs(page: Page, who: string): Promise<void> {
  await page.getByRole('button', { name: `Continue as ${who}` }).click();
}

/** Disconnects as if a quarter of an hour had gone by: the provider says in a window that it is still her. */
async function disconnectLate(page: Page): Promise<void> {
  const error = { code: 'step_up_needed', message: '', requestId: 'r1' };
  const refuse = (route: Route) => route.fulfill({ status: 403, json: { error } });
  await page.route('**/api/account/provider', refuse, { times: 1 });
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  const asking = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(asking.getByRole('button', { name: 'Confirm with Example ID' })).toBeVisible();
  await look(page, 'confirm-by-provider');
  const opening = page.context().waitForEvent('page');
  await asking.getByRole('button', { name: 'Confirm with Example ID' }).click();
  await goOnAs(await opening, email);
  await expect(asking).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Connect Example ID' })).toBeVisible();
}

async function acceptByProvider(page: Page, { box, provider }: { box: MailBox; provider: TestProvider }) {
  await page.goto(page.url().replace(/\/settings.*/, '/entities'));
  const other = await page.context().browser()?.newContext({ locale: 'en-GB' });
  const guest = await other?.newPage();
  if (!guest) throw new Error('no browser');
  provider.person = { subject: 'hedy', email: invited, isVerified: true };
  await guest.goto(linkIn(await box.mailTo(invited, /invitation#/), 'invitation'));
  await expect(guest.getByRole('button', { name: 'Sign in with Example ID' })).toBeVisible();
  await look(guest, 'invitation-by-provider');
  await guest.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await goOnAs(guest, invited);
  await guest.getByRole('button', { name: 'Accept' }).click();
  await expect(guest).toHaveURL(/\/dashboard$/);
  await other?.close();
}

test('single sign-on: connected, used, cancelled, asked again, and away', async ({
  page,
  newDemo: demo,
  beside: { provider },
  box,
}) => {
  test.setTimeout(180_000);
  provider.person = { subject: 'rosa', email, isVerified: true };
  await register(page, demo, { email, door: doorOf(demo, 0) });
  const entity = page.url();
  await settings(page);
  await look(page, 'provider-to-connect');
  await page.getByRole('button', { name: 'Connect Example ID' }).click();
  await goOnAs(page, email);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await look(page, 'provider-connected');

  await signOut(page);
  await look(page, 'sign-in-by-provider');
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The sign-in was cancelled')).toBeVisible();
  expect(page.url()).not.toContain('?');
  await look(page, 'sign-on-cancelled');
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await goOnAs(page, email);
  await expect(page.getByRole('button', { name: /^Your menu/ })).toBeVisible();

  await page.goto(entity);
  await page.request.post(`${entity.replace(/\/e\/([^/]+)\/.*/, '/api/entities/$1')}/local-admins`, {
    headers: { origin: demo.portalUrl, 'idempotency-key': crypto.randomUUID() },
    data: { email: invited, language: 'en' },
  });
  await acceptByProvider(page, { box, provider });

  provider.person = { subject: 'rosa', email, isVerified: true };
  await page.goto(entity);
  await settings(page);
  await disconnectLate(page);

  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await goOnAs(page, email);
  await expect(page.getByText('No Account here belongs to this sign-in')).toBeVisible();
  await look(page, 'sign-on-unknown');
});

test('a provider that is away leaves the password in force', async ({ page, newDemo: demo, beside }) => {
  await register(page, demo, { email, door: doorOf(demo, 0) });
  await page.context().clearCookies();
  await beside.provider.stop();
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await expect(page.getByText('The provider does not answer')).toBeVisible();
  await look(page, 'sign-on-unavailable');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Your menu/ })).toBeVisible();
});
