import { crc32, deflateSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';
import { doorOf, look, test, type RunningDemo } from './demo-fixture.ts';

/** A white picture of that many pixels on each side, one bit each: large to unpack and small to send. */
function whitePng(side: number): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), content]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(content.length, 0);
    ends.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.writeUInt8(1, 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(Math.ceil(side / 8), 0xff)]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

async function openDoors(page: Page, demo: RunningDemo) {
  await page.goto(demo.streetUrl);
  const cardAt = (index: number) => page.getByRole('article').filter({ hasText: doorOf(demo, index).name });
  await expect(cardAt(0).getByText(/^Running since/)).toBeVisible();
  return cardAt;
}

/** What goes to the door when somebody does this. */
async function shownBy(page: Page, work: () => Promise<void>): Promise<unknown> {
  const request = page.waitForRequest((each) => each.url().endsWith('/actions'));
  await work();
  return (await request).postDataJSON();
}

function givePicture(reader: Locator, picture: Buffer): Promise<void> {
  const file = { name: 'picture.png', mimeType: 'image/png', buffer: picture };
  return reader.getByLabel('Picture of a QR').setInputFiles(file);
}

test('each door has the readers of its model, and they hand over what somebody shows', async ({
  page,
  demo,
}) => {
  const cardAt = await openDoors(page, demo);
  const card = cardAt(0);

  const keypad = card.getByRole('group', { name: /^Keypad at/ });
  await keypad.getByLabel('PIN').click();
  await page.keyboard.type('2468');
  await keypad.getByRole('button', { name: '1', exact: true }).click();
  await expect(keypad.getByLabel('PIN')).toHaveValue('24681');
  await expect(keypad.getByLabel('PIN')).toHaveAttribute('type', 'password');
  expect(
    await shownBy(page, () => page.keyboard.press('0').then(() => page.keyboard.press('Enter'))),
  ).toEqual({ type: 'show', reader: 'keypad', text: '246810' });
  await expect(keypad.getByLabel('PIN')).toHaveValue('');

  await card.getByRole('radio', { name: 'QR reader' }).check();
  const label = await card.getByRole('region', { name: /^Label of/ }).screenshot();
  const { serial, pairingCode } = doorOf(demo, 0);
  const reader = card.getByRole('group', { name: /^QR reader at/ });
  expect(await shownBy(page, () => givePicture(reader, label))).toEqual({
    type: 'show',
    reader: 'qr_reader',
    text: `CLAVIGER:${serial}:${pairingCode}`,
  });
  await look(page, 'street-qr-reader');

  await card.getByRole('radio', { name: 'Card reader' }).check();
  const tap = card.getByRole('button', { name: 'Hold the green card to the reader' });
  expect(await shownBy(page, () => tap.click())).toEqual({
    type: 'show',
    reader: 'card_reader',
    text: '045E2A91C73B80',
  });
  await look(page, 'street-card-reader');

  await expect(cardAt(1).getByRole('radio', { name: 'QR reader' })).toHaveCount(0);
  await expect(cardAt(2).getByText('This model has no readers.')).toBeVisible();
});

test('pictures that no reader reads are refused in words', async ({ page, demo }) => {
  const card = (await openDoors(page, demo))(0);
  await card.getByRole('radio', { name: 'QR reader' }).check();
  const reader = card.getByRole('group', { name: /^QR reader at/ });

  await givePicture(reader, whitePng(300));
  await expect(reader.getByText('No QR was found in the picture.')).toBeVisible();
  await givePicture(reader, whitePng(20_000));
  await expect(reader.getByText(/^The picture has too many pixels/)).toBeVisible();
  await givePicture(reader, Buffer.from('not a picture'));
  await expect(reader.getByText(/^This is no picture that can be read/)).toBeVisible();
  await look(page, 'street-picture-refused');
});

test('without power a reader is dark and says why', async ({ page, demo }) => {
  const card = (await openDoors(page, demo))(0);
  await card.getByRole('switch', { name: 'Power' }).click();

  const keypad = card.getByRole('group', { name: /^Keypad at/ });
  await expect(keypad.getByRole('status')).toHaveText('Dark: no power');
  await expect(keypad.getByRole('button', { name: 'Enter' })).toBeDisabled();
  await look(page, 'street-dark');

  await card.getByRole('switch', { name: 'Power' }).click();
  await expect(keypad.getByRole('status')).toHaveText('Type a PIN, then Enter');
});
