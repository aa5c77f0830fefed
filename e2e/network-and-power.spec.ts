import { expect, type Locator, type Page, type Request } from '@playwright/test';
import { startDemoServer } from '../tools/demo/demo.ts';
import {
  addDoor,
  doorOf,
  look,
  openButton,
  openFirstLock,
  postmasterOf,
  signInOrRegister,
  test,
  type RunningDemo,
} from './demo-fixture.ts';

const person = 'ada@example.com';

/** The street in a window of its own, at the card of the first door. */
async function openStreet(page: Page, demo: RunningDemo) {
  const street = await page.context().newPage();
  await street.goto(demo.streetUrl);
  const card = street.getByRole('article').filter({ hasText: doorOf(demo, 0).name });
  await expect(card).toBeVisible();
  return { street, card };
}

/** Opens the first lock; its door is pushed by hand, and stays open until somebody closes it. */
async function openAndHold(page: Page, card: Locator): Promise<void> {
  const passer = card.getByRole('switch', { name: 'Somebody walks through' });
  await passer.click();
  await openButton(page).click();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page.getByText(/^Unlocked\. /)).toBeVisible();
  await card.getByRole('button', { name: 'Push', exact: true }).click();
  await expect(page.getByText('The door is open.')).toBeVisible();
  await passer.click();
}

test('a cut network shows the lock offline at once and since when, and online again', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { street, card } = await openStreet(page, demo);
  await look(street, 'street');

  await card.getByRole('radio', { name: 'Cut' }).click();

  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await expect(openButton(page)).toHaveAttribute('aria-disabled', 'true');
  await look(page, 'offline');
  await card.getByRole('radio', { name: 'Connected' }).click();
  await expect(page.getByText('Online', { exact: true })).toBeVisible();
});

test('eight tabs of one browser are all live over one stream, and each can open the door', async ({
  page,
  context,
  demo,
}) => {
  const isStream = (request: Request) => request.url().endsWith('/live');
  const streams = new Set<Request>();
  context.on('request', (request) => isStream(request) && streams.add(request));
  context.on('requestfailed', (request) => streams.delete(request));
  context.on('requestfinished', (request) => streams.delete(request));
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const dashboard = page.url().replace(/devices\/locks$/, 'dashboard');
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  for (const tab of tabs) {
    await tab.goto(dashboard);
    await expect(tab.getByText('Live', { exact: true })).toBeVisible();
  }
  expect(streams.size).toBe(1);

  // The tab that has the stream goes; the next one has it.
  await page.close();
  const [first, last] = [tabs[0], tabs[7]];
  if (!first || !last) throw new Error('eight tabs were opened');
  await expect.poll(() => streams.size).toBe(1);
  await expect(last.getByText('Live', { exact: true })).toBeVisible();
  await openFirstLock(last);

  await expect(first.getByText(/^ada unlocked /).first()).toBeVisible();
  await expect(last.getByText('The door was opened and is closed again.')).toBeVisible();
  await Promise.all(tabs.map((tab) => tab.close()));
});

test('a power cut shows the lock offline; with the power it is back, and nothing has opened', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { card } = await openStreet(page, demo);

  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await expect(card.getByText('Closed and locked')).toBeVisible();
  await card.getByRole('switch', { name: 'Power' }).click();

  await expect(page.getByText('Online', { exact: true })).toBeVisible();
  await expect(card.getByText('Closed and locked')).toBeVisible();
});

test('an opening into a silent network expires and opens nothing afterwards', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { card } = await openStreet(page, demo);

  await card.getByRole('radio', { name: 'Silent' }).click();
  await openButton(page).click();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page.getByText(/^Expired\. The door did not confirm in time/)).toBeVisible();
  await look(page, 'expired');
  await card.getByRole('radio', { name: 'Connected' }).click();

  await expect(page.getByText('Online', { exact: true }).first()).toBeVisible();
  await expect(card.getByText('Closed and locked')).toBeVisible();
});

test('a server that is killed in mid-opening tells the truth afterwards', async ({ page, demo }) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { card } = await openStreet(page, demo);
  const dialog = page.getByRole('dialog');
  await openAndHold(page, card);

  demo.server.process.kill('SIGKILL');
  await expect(page.getByText(/^(Unlocked|Opened) at \d\d:\d\d:\d\d; not heard from since\.$/)).toBeVisible();
  await expect(dialog.getByText(/^Last known: /)).toBeVisible();
  await expect(page.locator('main').getByText(/^Last known: /)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.notice')).toHaveText(/the server has not answered since/);
  await look(page, 'server-killed-in-mid-opening');
  await card.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(card.getByText('Closed and locked')).toBeVisible();
  demo.server = await startDemoServer(demo.options);

  await expect(page.getByText('The door was opened and is closed again.')).toBeVisible();
});

test('a power cut in mid-opening ends the opening truthfully when the box is back', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { card } = await openStreet(page, demo);
  await openAndHold(page, card);

  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText(/^(Unlocked|Opened) at \d\d:\d\d:\d\d; not heard from since\.$/)).toBeVisible();
  await look(page, 'power-cut-in-mid-opening');
  await card.getByRole('switch', { name: 'Power' }).click();

  await expect(page.getByText(/^The door restarted before it could report the end\./)).toBeVisible();
  const rungs = page.getByRole('dialog').getByRole('listitem');
  await expect(rungs.filter({ hasText: 'Unlocked' }).locator('time')).toBeVisible();
  await expect(rungs.filter({ hasText: 'Closed' })).toContainText('not confirmed');
  await expect(page.getByText('did not happen')).toHaveCount(0);
  await look(page, 'interrupted');
  await card.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(card.getByText('Closed and locked')).toBeVisible();
});

test('a database that is killed in mid-opening loses nothing, and the next opening works', async ({
  page,
  demo,
}) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { card } = await openStreet(page, demo);
  await openAndHold(page, card);

  process.kill(postmasterOf(demo), 'SIGKILL');
  await card.getByRole('button', { name: 'Close', exact: true }).click();

  await expect(page.getByText('The door was opened and is closed again.')).toBeVisible();
  await page.getByRole('button', { name: 'Open Lock', exact: true }).click();
  await expect(page.getByText(/^Unlocked\. |^The door is open/)).toBeVisible();
});

test('a claim waits for a door without power, and is proven when the power is back', async ({
  page,
  newDemo,
  hasTouch: isTouch,
}) => {
  await signInOrRegister(page, newDemo, { email: person, door: doorOf(newDemo, 0) });
  const { street } = await openStreet(page, newDemo);
  const label = await addDoor(street, newDemo, 'Attic');
  const card = street.getByRole('article').filter({ hasText: 'Attic' });
  await card.getByRole('switch', { name: 'Power' }).click();

  await page.getByRole('button', { name: 'Add Lock' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lock serial number').fill(label.serial);
  await dialog.getByLabel('Matter code').fill(label.pairingCode);
  await dialog.getByLabel('Location (optional)').fill('Under the roof');
  await look(page, 'add-lock');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();

  await expect(page.getByText(/^Claiming/)).toBeVisible();
  await expect(page.getByText('Under the roof')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  const waiting = page.getByRole('listitem').filter({ hasText: 'Under the roof' });
  for (const name of ['Guest Key', 'Open']) {
    const button = waiting.getByRole('button', { name: new RegExp(`^${name} `) });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    // A forced tap does not wait for what still moves under it, as the page does behind a dialog that closes.
    await expect(async () => {
      await (isTouch ? button.tap({ force: true }) : button.hover());
      // A mouse that lies beside the screen takes nothing away from what a finger asked for.
      if (isTouch) await page.mouse.move(1, 1);
      await expect(page.locator('.reason-tip:popover-open')).toHaveText(/Active.*Claiming/, {
        timeout: 1_000,
      });
    }).toPass({ timeout: 60_000 });
  }
  await look(page, 'claiming');
  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText(/^Claiming/)).toBeHidden();
  await expect(page.getByText('Online', { exact: true })).toHaveCount(2);
});

test('what a flooded keypad has refused is told with its number, also after a power cut', async ({
  page,
  newDemo: demo,
}) => {
  await signInOrRegister(page, demo, { email: person, door: doorOf(demo, 0) });
  const { street, card } = await openStreet(page, demo);
  const pin = card.getByRole('group', { name: /^Keypad at/ }).getByLabel('PIN');
  const shown = street.waitForRequest((request) => request.url().endsWith('/actions'));
  await pin.fill('731946');
  await pin.press('Enter');
  const request = await shown;
  const { origin } = new URL(request.url());
  // Six are wrong tries, thirty are told one by one; of the others their number.
  for (let time = 1; time < 60; time += 1) {
    const again = { data: request.postDataJSON() as unknown, headers: { origin } };
    expect((await street.request.post(request.url(), again)).ok()).toBe(true);
  }
  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText('Online', { exact: true })).toBeVisible();

  await page.goto(page.url().replace(/devices\/locks$/, 'logs/activity?advanced=true'));
  const told = page.getByRole('listitem').filter({ hasText: /refused further tries at one reader: ≥ \d+/ });
  await expect(told).toHaveCount(1);
  await expect(told.getByText(/^(Between )?\d\d? \w+ \d{4}, \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(told.getByRole('link')).toHaveCount(0);
  const single = page.getByRole('listitem').filter({ hasText: 'refused a key' }).first();
  await expect(single.getByRole('link')).toBeVisible();
  await look(page, 'further-refusals');
});
