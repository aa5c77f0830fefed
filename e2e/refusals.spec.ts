import { expect } from '@playwright/test';
import { doorOf, look, openButton, signInOrRegister, test } from './demo-fixture.ts';

const ada = 'ada@example.com';

test('without a connection the Portal says that it is offline and opens nothing', async ({
  page,
  context,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await openButton(page).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Online', { exact: true })).toBeVisible();

  await context.setOffline(true);

  await expect(
    dialog.getByText(/^The Portal is offline: .* not answered since \d\d:\d\d/).first(),
  ).toBeVisible();
  await expect(dialog.getByText('Unknown just now')).toBeVisible();
  await expect(dialog.getByText(/^Last known: Secured/)).toBeVisible();
  await expect(dialog.getByText('Online', { exact: true })).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Open Lock' })).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'portal-offline');
  await context.setOffline(false);
  await expect(dialog.getByText('Online', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Open Lock' })).not.toHaveAttribute('aria-disabled');
});

test('the Portal is drawn while nothing is known of the installation yet', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await page.route('**/api/installation', () => undefined);

  await page.reload();

  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Keys' }).first()).toBeVisible();
});

test('a server that cannot open just now is told as that, and not as a lock that cools down', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await openButton(page).click();
  const error = { code: 'temporarily_unavailable', message: '', requestId: 'r1', retryAfterS: 5 };
  await page.route('**/open', (route) => route.fulfill({ status: 503, json: { error } }));
  const dialog = page.getByRole('dialog');

  await dialog.getByRole('button', { name: 'Open Lock', exact: true }).click();

  await expect(dialog.getByRole('alert')).toContainText('The server is busy');
  await expect(dialog.getByText(/ in \d+ s$/)).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Open Lock', exact: true })).toBeEnabled();
});

test('the first visit of somebody who is not signed in leaves no fault in the console', async ({
  page,
  demo,
}) => {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));

  await page.goto(demo.portalUrl);

  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(faults).toEqual([]);
});

test('an empty sign-in says what is missing, and a refused one takes the focus', async ({ page, demo }) => {
  await page.goto(`${demo.portalUrl}/sign-in`);
  await expect(page.getByLabel('Email address')).toBeFocused();
  await page.getByRole('button', { name: 'Sign In' }).click();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await expect(page.getByLabel('Email address')).toBeFocused();
  await look(page, 'sign-in-empty');

  await page.getByLabel('Email address').fill('nobody@example.com');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('alert')).toBeFocused();
  await page.keyboard.press('Tab');
  // The identifier of the request can be copied; after it come the fields.
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Email address')).toBeFocused();
});

test('an empty registration shows its example as an example', async ({ page, demo }) => {
  await page.goto(`${demo.portalUrl}/register`);
  const colourOf = (part: '::placeholder' | '') =>
    page
      .getByLabel('Lock serial number')
      .evaluate((field, name) => getComputedStyle(field, name).color, part);
  const before = await colourOf('::placeholder');

  await page.getByRole('button', { name: 'Register' }).click();

  await expect(page.getByText('This is not a serial number', { exact: false })).toBeVisible();
  expect(await colourOf('::placeholder')).toBe(before);
  expect(await colourOf('')).not.toBe(before);
  await look(page, 'register-empty');
});

test('the identifier of a refused request stands whole, its button beside it', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: ada, door: doorOf(demo, 0) });
  await page.getByRole('button', { name: 'Add Lock' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lock serial number').fill(doorOf(demo, 0).serial);
  await dialog.getByLabel('Matter code').fill(doorOf(demo, 0).pairingCode);

  await dialog.getByRole('button', { name: 'Add', exact: true }).click();

  const code = dialog.locator('.notice-id code');
  const [name, text, button] = await Promise.all([
    dialog.locator('.notice-id > span').boundingBox(),
    code.boundingBox(),
    dialog.getByRole('button', { name: 'Copy the request identifier' }).boundingBox(),
  ]);
  const middle = (box: typeof text) => (box ? box.y + box.height / 2 : 0);
  expect([name, text].some((box) => Math.abs(middle(box) - middle(button)) < 2)).toBe(true);
  expect(text?.height).toBeLessThan(24);
  expect(await code.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  await look(page, 'add-lock-refused');
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('the labels of the registration are as strong as in every language', async ({ page, demo }) => {
    await page.goto(`${demo.portalUrl}/register`);
    await page.getByRole('button', { name: '注册' }).click();

    const label = page.getByText('门锁序列号', { exact: true });
    // A Chinese font of the system has a regular weight and a bold one, which begins at 600.
    expect(Number(await label.evaluate((element) => getComputedStyle(element).fontWeight))).toBeGreaterThan(
      599,
    );
    await look(page, 'register-zh');
  });
});
