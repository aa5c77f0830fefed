import { expect, type Browser, type Page, type Route } from '@playwright/test';
import { totpAt } from '../apps/server/test/people/totp.ts';
import { doorOf, look, password, register, signIn, test, type RunningDemo } from './demo-fixture.ts';

const email = 'own@example.com';
const newPassword = 'violet lantern harbour';

async function openProfile(page: Page): Promise<void> {
  await page.goto(page.url().replace(/\/(?:devices|dashboard|keys).*/, '/settings/profile'));
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
}

async function onAnotherDevice(browser: Browser, demo: RunningDemo): Promise<Page> {
  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await signIn(other, demo, email);
  return other;
}

/** Types e-mail address and password on the public page. */
async function enterPassword(page: Page, demo: RunningDemo, typed: string): Promise<void> {
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Sign In', exact: true }).click();
}

/** Goes through the set-up as the dialog says; returns what the app was given, and the recovery codes. */
async function setUpAuthenticator(page: Page): Promise<{ uri: string; codes: string[] }> {
  await page.getByRole('button', { name: 'Set up authenticator app' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(newPassword);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await expect(dialog.getByRole('img', { name: 'QR for the authenticator app' })).toBeVisible();
  await look(page, 'authenticator-set-up');
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '');
  const uri = `otpauth://totp/Claviger?secret=${secret}`;
  await dialog.getByLabel('Code').fill('000000');
  await dialog.getByRole('button', { name: 'Turn On' }).click();
  await expect(dialog.getByText(/^This code is not right/)).toBeVisible();
  await dialog.getByLabel('Code').fill(totpAt(uri));
  await dialog.getByRole('button', { name: 'Turn On' }).click();
  const shown = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(shown).toHaveCount(10);
  const codes = await shown.allTextContents();
  await look(page, 'recovery-codes');
  await dialog.getByRole('button', { name: 'Done' }).click();
  return { uri, codes };
}

/** Adds a passkey, signs out, and signs in by it. */
async function signInByPasskey(page: Page): Promise<void> {
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable');
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByRole('button', { name: 'Add Passkey' }).click();
  await expect(page.getByRole('button', { name: /^Remove passkey: / })).toBeVisible();
  await look(page, 'passkeys');
  await page.getByRole('button', { name: /^Your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('button', { name: /^Your menu/ })).toBeVisible();
  await openProfile(page);
}

/** Turns it off as if a quarter of an hour had gone by: the page asks who is there, and goes on. */
async function turnOffLate(page: Page, recoveryCode: string): Promise<void> {
  const error = { code: 'step_up_needed', message: '', requestId: 'r1' };
  const refuse = (route: Route) => route.fulfill({ status: 403, json: { error } });
  await page.route('**/api/account/authenticator', refuse, { times: 1 });
  await page.getByRole('button', { name: 'Turn Off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Turn Off' }).click();
  const asking = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(asking).toBeVisible();
  await look(page, 'confirm-person');
  await asking.getByLabel('Code').fill('123');
  await asking.getByRole('button', { name: 'Confirm' }).click();
  await expect(asking.getByText(/^This code is not right/)).toBeVisible();
  await asking.getByLabel('Code').fill(recoveryCode);
  await asking.getByRole('button', { name: 'Confirm' }).click();
  await expect(
    page.getByRole('region', { name: 'Authenticator app' }).getByText('Off', { exact: true }),
  ).toBeVisible();
}

test('the own Account: password, sessions, passkey and authenticator', async ({
  page,
  browser,
  newDemo: demo,
}) => {
  await register(page, demo, { email, door: doorOf(demo, 0) });
  const other = await onAnotherDevice(browser, demo);
  await openProfile(page);
  const sessions = page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: 'This one' })).toHaveCount(1);
  await look(page, 'profile');

  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('password1234');
  await page.getByRole('button', { name: 'Change Password' }).click();
  await expect(page.getByText(/^This password is easily guessed/)).toBeVisible();
  await page.getByLabel('New password').fill(newPassword);
  await page.getByRole('button', { name: 'Change Password' }).click();
  await expect(page.getByText(/^The password is changed/)).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await signInByPasskey(page);
  const { uri, codes } = await setUpAuthenticator(page);
  await expect(
    page.getByRole('region', { name: 'Authenticator app' }).getByText('On', { exact: true }),
  ).toBeVisible();

  await enterPassword(other, demo, newPassword);
  await expect(other.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
  await look(other, 'sign-in-code');
  await other.getByLabel('Code').fill(totpAt(uri));
  await other.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(other.getByRole('button', { name: /^Your menu/ })).toBeVisible();
  await other.context().clearCookies();
  await enterPassword(other, demo, newPassword);
  await other.getByLabel('Code').fill(codes[0] ?? '');
  await other.getByRole('button', { name: 'Sign In', exact: true }).click();
  await expect(other.getByRole('button', { name: /^Your menu/ })).toBeVisible();

  await page.reload();
  await sessions.filter({ hasNotText: 'This one' }).first().getByRole('button').click();
  await expect(sessions).toHaveCount(2);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(sessions).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await turnOffLate(page, codes[1] ?? '');
});
