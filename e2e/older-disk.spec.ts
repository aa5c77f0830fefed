import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, type Locator, type Page } from '@playwright/test';
import { doorOf, look, signInOrRegister, test, type RunningDemo } from './demo-fixture.ts';

const ada = 'ada@example.com';
const guest = 'Mila Novak';

/** The memory of a door box: one SQLite file, and what belongs to it. */
const memoryFile = /^agent-\d+\.sqlite/;

function boxFolder(demo: RunningDemo): string {
  return join(demo.dataFolder, 'street/doors', doorOf(demo, 0).serial);
}

function copyMemory(from: string, to: string): void {
  for (const name of readdirSync(to)) if (memoryFile.test(name)) rmSync(join(to, name));
  for (const name of readdirSync(from)) if (memoryFile.test(name)) cpSync(join(from, name), join(to, name));
}

/** Turns a bit in what the box remembers of its one Key. */
function damageKey(folder: string): void {
  const name = readdirSync(folder).find((file) => /^agent-\d+\.sqlite$/.test(file)) ?? '';
  const database = new DatabaseSync(join(folder, name));
  const records = database.prepare("select name, value from records where name like 'key/1/%'").all();
  const [record] = records as { name: string; value: Uint8Array }[];
  expect(records).toHaveLength(1);
  const value = Uint8Array.from(record?.value ?? [], (byte, place) => (place === 6 ? byte ^ 1 : byte));
  database.prepare('update records set value = ? where name = ?').run(value, record?.name ?? '');
  database.close();
}

/** Makes a guest key for the one lock of the page, waits until its door has it, and tells its PIN. */
async function createGuestKey(page: Page, maxUses: number): Promise<string> {
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (optional)').fill(guest);
  await dialog.getByLabel('Max uses').fill(String(maxUses));
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByText('Enforced', { exact: true })).toBeVisible();
  const digits = await dialog.getByRole('group', { name: 'PIN' }).locator('b').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return digits.replaceAll(/\D/g, '');
}

async function typePin(card: Locator, pin: string, answer: 'Yes' | 'No'): Promise<void> {
  await card.getByRole('radio', { name: 'Keypad' }).check();
  const keypad = card.getByRole('group', { name: /^Keypad at/ });
  await keypad.getByLabel('PIN').fill(pin);
  await keypad.getByLabel('PIN').press('Enter');
  await expect(keypad.getByRole('status')).toHaveText(answer);
  await expect(keypad.getByRole('status')).not.toHaveText(answer);
}

/** Switches the box off, does the work on its disk, and switches it on again. */
async function whileOff(page: Page, card: Locator, work: () => void): Promise<void> {
  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText(/^Offline since/)).toBeVisible();
  work();
  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(page.getByText('Online', { exact: true })).toBeVisible();
}

test('a door that gets the disk of yesterday has its counters back by itself, and Activity tells it', async ({
  page,
  context,
  newDemo,
}) => {
  await signInOrRegister(page, newDemo, { email: ada, door: doorOf(newDemo, 0) });
  const locksUrl = page.url();
  const pin = await createGuestKey(page, 3);
  const street = await context.newPage();
  await street.goto(newDemo.streetUrl);
  const card = street.getByRole('article').filter({ hasText: doorOf(newDemo, 0).name });
  const yesterday = mkdtempSync(join(tmpdir(), 'claviger-yesterday-'));
  await whileOff(page, card, () => {
    copyMemory(boxFolder(newDemo), yesterday);
  });
  await typePin(card, pin, 'Yes');
  await typePin(card, pin, 'Yes');
  await page.goto(locksUrl.replace(/\/devices\/.*/, '/logs/activity'));
  await expect(page.getByText(new RegExp(`accepted ${guest}.*PIN`))).toHaveCount(2);
  await page.goto(locksUrl);

  await whileOff(page, card, () => {
    copyMemory(yesterday, boxFolder(newDemo));
  });

  await page.goto(locksUrl.replace(/\/devices\/.*/, '/logs/activity'));
  await expect(page.getByText(/ runs from an older disk\. /)).toHaveCount(1);
  await expect(page.getByText(/ has its counters back: /)).toBeVisible();
  await look(page, 'older-disk-activity');
  await typePin(card, pin, 'Yes');
  await typePin(card, pin, 'No');
  await page.goto(locksUrl);
  await expect(page.getByText(/^An older disk runs here/)).toHaveCount(0);
  rmSync(yesterday, { recursive: true });
});

test('a Key whose record is found damaged has its counter back by itself, and opens what is left', async ({
  page,
  context,
  newDemo,
}) => {
  await signInOrRegister(page, newDemo, { email: ada, door: doorOf(newDemo, 0) });
  const locksUrl = page.url();
  const pin = await createGuestKey(page, 2);
  const street = await context.newPage();
  await street.goto(newDemo.streetUrl);
  const card = street.getByRole('article').filter({ hasText: doorOf(newDemo, 0).name });
  await typePin(card, pin, 'Yes');
  await whileOff(page, card, () => {
    damageKey(boxFolder(newDemo));
  });

  await typePin(card, pin, 'No');
  await page.goto(locksUrl.replace(/\/devices\/.*/, '/logs/activity?advanced=true'));
  await expect(page.getByText(/ has found a damaged record on its disk/)).toHaveCount(1);
  await expect(page.getByText(/ has the counter of the key of Mila Novak back/)).toHaveCount(1);
  await typePin(card, pin, 'Yes');
  await typePin(card, pin, 'No');
  await page.goto(locksUrl.replace(/\/devices\/.*/, '/keys'));
  await expect(page.getByText('2 of 2 spent, 0 left')).toBeVisible();
  await expect(page.getByText('Enforced', { exact: true })).toBeVisible();
});
