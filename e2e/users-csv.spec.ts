import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { doorOf, look, register, test } from './demo-fixture.ts';

async function choose(page: Page, dialog: Locator, content: Buffer | string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'CSV file' }).click();
  const buffer = Buffer.from(content);
  await (await chooser).setFiles({ name: 'users.csv', mimeType: 'text/csv', buffer });
}

const head = 'Full name;E-mail;Phone;Plates;Entity;Welcome';

test('users are imported from a CSV once it is right, and exported as one that is right', async ({
  page,
  newDemo,
}) => {
  await register(page, newDemo, { email: 'grace@example.com', door: doorOf(newDemo, 0) });
  await page.goto(page.url().replace(/\/devices.*/, '/users'));
  await page.getByRole('button', { name: 'Import CSV' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import users from CSV' });
  await expect(dialog.getByRole('button', { name: 'Download a template' })).toBeVisible();
  await look(page, 'users-import');

  await choose(page, dialog, Buffer.from(`${head}\nZoë;zoe@example.com;;;;\n`, 'latin1'));
  await expect(dialog.getByText(/^This file is not in UTF-8/)).toBeVisible();
  await choose(
    page,
    dialog,
    [
      head,
      'Ada Lovelace;ada@example.com;+49 30 1234;B-AL 1815;;yes',
      ';nowhere;call me;;MILL;perhaps',
      'Ada;ADA@example.com;;;;no',
    ].join('\n'),
  );
  await expect(dialog.getByText('2 lines are not right. Nothing is imported before they are.')).toBeVisible();
  await expect(dialog.getByText('Line 3, email: This is no email address.')).toBeVisible();
  await expect(dialog.getByText('Line 3, entity: You manage no Entity with this code.')).toBeVisible();
  await expect(dialog.getByText('Line 4, email: This address stands in the file already.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  await look(page, 'users-import-problems');

  await choose(
    page,
    dialog,
    `${head}\r\nAda Lovelace;ada@example.com;+49 30 1234;B-AL 1815;;yes\r\n=1+1;formula@example.com;;;;\r\n`,
  );
  await expect(dialog.getByText('2 lines: 2 new users, 0 already there. Welcome emails: 1.')).toBeVisible();
  await look(page, 'users-import-checked');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText('Imported.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const ada = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Ada Lovelace', exact: true }) });
  await expect(ada).toContainText('+49 30 1234');
  await look(page, 'users-imported');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^users-\w+-\d{4}-\d\d-\d\d\.csv$/);
  const exported = await readFile(await file.path());
  expect(exported.toString()).toContain(`"'=1+1",formula@example.com`);
  expect(exported.toString()).toContain(`Ada Lovelace,ada@example.com,"'+49 30 1234"`);
  await page.getByRole('button', { name: 'Import CSV' }).click();
  await choose(page, dialog, exported);
  await expect(dialog.getByText('3 lines: 0 new users, 3 already there. Welcome emails: 0.')).toBeVisible();
});
