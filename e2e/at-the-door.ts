import { expect, type Locator, type Page } from '@playwright/test';
import { doorOf, look, type RunningDemo } from './demo-fixture.ts';

type Answer = 'Yes' | 'No';

export interface GuestKeyWish {
  readonly name: string;
  readonly maxUses?: number;
  readonly card?: string;
  readonly withPicture?: boolean;
}

/** Fills Create Guest Key for the one lock of the page. */
export async function fillGuestKey(page: Page, wish: GuestKeyWish): Promise<Locator> {
  await page.getByRole('button', { name: /^Guest Key for / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name (optional)').fill(wish.name);
  if (wish.maxUses !== undefined) await dialog.getByLabel('Max uses').fill(String(wish.maxUses));
  if (wish.card !== undefined) await dialog.getByLabel('RF card number').fill(wish.card);
  if (wish.withPicture) await dialog.getByRole('switch', { name: 'Static picture of the QR code' }).click();
  return dialog;
}

/** Edit at the one lock of the page: bare card numbers are allowed, and its door knows it. */
export async function allowCardNumbers(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Rename or edit / }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^A plain RF card tells its number to every reader/)).toBeVisible();
  await dialog.getByRole('switch', { name: 'Allow bare card numbers' }).check();
  await look(page, 'lock-edit-leaves');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Takes bare card numbers')).toBeVisible();
  await expect(page.getByText(/^What is wanted here is not in force yet/)).toHaveCount(0);
}

/** Makes a guest key for the one lock of the page, waits until its door has it, and tells link and PIN. */
export async function createGuestKey(
  page: Page,
  wish: GuestKeyWish,
): Promise<{ readonly link: string; readonly pin: string }> {
  const dialog = await fillGuestKey(page, wish);
  await dialog.getByRole('button', { name: 'Create Guest Key' }).click();
  await expect(dialog.getByText('Enforced', { exact: true })).toBeVisible();
  const link = await dialog.getByLabel('Link').inputValue();
  const digits = await dialog.getByRole('group', { name: 'PIN' }).locator('b').innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return { link, pin: digits.replaceAll(/\D/g, '') };
}

/** The street in a window of its own, at the card of its first door. */
export async function openStreet(page: Page, demo: RunningDemo): Promise<{ street: Page; door: Locator }> {
  const street = await page.context().newPage();
  await street.goto(demo.streetUrl);
  const door = street.getByRole('article').filter({ hasText: doorOf(demo, 0).name });
  await expect(door).toBeVisible();
  return { street, door };
}

/**
 * Waits until the door has what was changed a moment ago, and says after how long; that it is two seconds at
 * most is proven where time is simulated (I3).
 */
export async function seeEnforced(part: Locator): Promise<void> {
  const since = performance.now();
  await expect(part.getByText('Enforced', { exact: true })).toBeVisible();
  console.log(`enforced at the door ${Math.round(performance.now() - since)} ms later`);
}

/** The reader of a door on the street that was chosen there. */
async function readerOf(door: Locator, name: 'Keypad' | 'QR reader' | 'Card reader'): Promise<Locator> {
  await door.getByRole('radio', { name }).check();
  return door.getByRole('group', { name: new RegExp(`^${name} at`) });
}

/** Waits for the light of a reader, and until it is ready for the next one. */
async function seeLight(reader: Locator, answer: Answer): Promise<void> {
  await expect(reader.getByRole('status')).toHaveText(answer);
  await expect(reader.getByRole('status')).not.toHaveText(answer);
}

export async function typePin(door: Locator, pin: string, answer: Answer): Promise<void> {
  const keypad = await readerOf(door, 'Keypad');
  await keypad.getByLabel('PIN').fill(pin);
  await keypad.getByLabel('PIN').press('Enter');
  await seeLight(keypad, answer);
}

/** Holds a picture before the reader: a file, or what a page showed. */
export async function showPicture(door: Locator, picture: Buffer, answer: Answer): Promise<void> {
  const reader = await readerOf(door, 'QR reader');
  const file = { name: 'qr.png', mimeType: 'image/png', buffer: picture };
  await reader.getByLabel('Picture of a QR').setInputFiles(file);
  await seeLight(reader, answer);
}

/** Holds the green card to the reader, whose number is 04 5E 2A 91 C7 3B 80. */
export async function tapGreenCard(door: Locator, answer: Answer): Promise<void> {
  const reader = await readerOf(door, 'Card reader');
  await reader.getByRole('button', { name: 'Hold the green card to the reader' }).click();
  await seeLight(reader, answer);
}
