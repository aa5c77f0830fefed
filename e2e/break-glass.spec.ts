import { type Browser, expect, type Page } from '@playwright/test';
import { doorOf, look, password, register, test, type RunningDemo } from './demo-fixture.ts';

const owner = 'ada@example.com';
const operator = 'opal@example.com';

/** Becomes the operator of the demo by the link that its start has shown. */
async function becomeOperator(browser: Browser, demo: RunningDemo): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(demo.bootstrapUrl ?? '');
  await page.getByLabel('Email address').fill(operator);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create Account' }).click();
  await expect(page.getByRole('heading', { name: 'You run this installation' })).toBeVisible();
  return page;
}

test('an operator takes access with a reason, and the owner sees and ends it', async ({
  page,
  browser,
  newDemo,
}) => {
  await register(page, newDemo, { email: owner, door: doorOf(newDemo, 0) });
  await page.goto(page.url().replace(/\/devices.*/, '/dashboard'));
  const code = await page.locator('.entity-code').textContent();
  const opal = await becomeOperator(browser, newDemo);
  await look(opal, 'operator-without-entity');

  await opal.getByRole('link', { name: 'Break-glass access' }).click();
  await opal.getByLabel("Owner's email address").fill(owner);
  await opal.getByLabel('Entity code').fill('NO_SUCH_CODE');
  await opal.getByRole('button', { name: 'Take access for an hour' }).click();
  await expect(opal.getByText('Enter the reason in one line of up to 500 characters.')).toBeVisible();
  await opal.getByLabel('Reason').fill('Ada asked for help on the phone');
  await opal.getByRole('button', { name: 'Take access for an hour' }).click();
  await expect(opal.getByText('This owner manages no Entity with this code.')).toBeVisible();
  await look(opal, 'break-glass');
  await opal.getByLabel('Entity code').fill(code ?? '');
  await opal.getByRole('button', { name: 'Take access for an hour' }).click();
  await expect(
    opal.getByRole('heading', { name: /^You have access to Hauptstrasse 1 until / }),
  ).toBeVisible();
  await look(opal, 'break-glass-taken');
  await opal.getByRole('link', { name: 'Open Hauptstrasse 1' }).click();
  await expect(opal.getByText(/^Your access here ends in /)).toBeVisible();

  await page.goto(page.url().replace(/\/dashboard.*/, '/settings/access-requests'));
  await expect(page.getByText('Ada asked for help on the phone')).toBeVisible();
  await expect(page.getByText('Break-glass access', { exact: true }).first()).toBeVisible();
  await look(page, 'break-glass-seen');
  await page.getByRole('button', { name: 'End now: the Mandate of opal' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End now' }).click();
  await expect(page.getByText(/^Ends in/)).toHaveCount(0);
  await opal.reload();
  await expect(opal.getByText(/^Your access here ends in /)).toHaveCount(0);
});
