import { expect } from '@playwright/test';
import { doorOf, look, signInOrRegister, test } from './demo-fixture.ts';

test('Buildings and apartments of a community are made by hand and from a CSV', async ({
  page,
  demo,
}, info) => {
  const name = `Yard ${info.project.name}`;
  await signInOrRegister(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  await page.goto(page.url().replace(/\/devices\/locks.*/, '/entities'));
  await page.getByRole('button', { name: 'Create Entity' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Entity name').fill(name);
  await dialog.getByLabel('Entity code').fill(`yard_${info.project.name}`);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('button', { name: `Settings of ${name}` }).click();
  await dialog.getByRole('link', { name: 'Buildings' }).click();

  await dialog.getByRole('button', { name: 'Add building' }).click();
  await dialog.getByLabel('Building name').fill('Tower');
  await dialog.getByRole('button', { name: 'Add building' }).click();
  await dialog.getByRole('button', { name: '0 apartments of Tower' }).click();
  await dialog.getByRole('button', { name: 'Add apartment' }).click();
  await dialog.getByLabel('Apartment', { exact: true }).fill('Apartment 1');
  await dialog.getByLabel('Floors').fill('third');
  await dialog.getByRole('button', { name: 'Add apartment' }).click();
  await expect(dialog.getByText(/^Up to twenty whole numbers/)).toBeVisible();
  await dialog.getByLabel('Floors').fill('3 4');
  await look(page, 'unit-add');
  await dialog.getByRole('button', { name: 'Add apartment' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Apartment 1' })).toContainText('Floor 3, 4');
  await look(page, 'units');
  await dialog.getByRole('button', { name: 'All buildings' }).click();

  await dialog.getByRole('button', { name: 'Import CSV' }).click();
  const choose = async (text: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'CSV file' }).click();
    await (await chooser).setFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  };
  await choose('building,unit,floors\nTower,Apartment 1,3 4\nAnnex,,1\nAnnex,=1+1,first\n');
  await expect(dialog.getByText('Line 3, unit: The unit has no name, or one that cannot be.')).toBeVisible();
  await expect(dialog.getByText('Line 4, floors: The floors are not numbers.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  await look(page, 'import-problems');
  await choose('building,unit,floors\nTower,Apartment 1,5\nAnnex,=1+1,1\nAnnex,Apartment 2,\n');
  await expect(dialog.getByText('3 lines: 1 new buildings, 2 new, 1 changed.')).toBeVisible();
  await look(page, 'import-checked');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText('Imported.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.getByRole('button', { name: '2 apartments of Annex' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: '=1+1' })).toBeVisible();
  await dialog.getByRole('button', { name: 'All buildings' }).click();
  await look(page, 'buildings');
  await dialog.getByRole('button', { name: 'Remove Annex' }).click();
  await expect(dialog.getByText(/Everything in it is removed too: 2 apartments\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(dialog.getByText('Annex')).toHaveCount(0);
});
