import { expect, type Page } from '@playwright/test';
import { doorOf, look, register, test } from './demo-fixture.ts';

const manager = 'iris@example.com';

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Search and commands' });
}

function field(page: Page) {
  return palette(page).getByRole('combobox', { name: 'A person, place, door or action' });
}

test('whoever knows a name finds the person, the door and the action by keyboard', async ({
  page,
  newDemo: demo,
}) => {
  await register(page, demo, { email: manager, door: doorOf(demo, 0) });
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();

  await test.step('Ctrl K, an action, Enter', async () => {
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    await field(page).fill('new user');
    await expect(palette(page).getByRole('option', { name: 'New User' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New User' });
    await dialog.getByLabel('Full name').fill('Grace Hopper');
    await dialog.getByLabel('Email address').fill('hopper@example.com');
    await dialog.getByRole('button', { name: 'Create User' }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('a person by three letters of the name', async () => {
    await page.keyboard.press('Control+k');
    await field(page).fill('opp');
    await expect(palette(page).getByRole('option', { name: /Grace Hopper/ })).toBeVisible();
    await look(page, 'palette-found');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /Grace Hopper/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the door by its serial number, and nothing where nothing fits', async () => {
    await page.keyboard.press('Control+k');
    await field(page).fill(doorOf(demo, 0).serial.toLowerCase());
    await expect(palette(page).getByRole('option', { name: /^Open Lock: / })).toBeVisible();
    await field(page).fill('qqqq');
    await expect(palette(page).getByRole('status')).toHaveText('Nothing fits “qqqq”.');
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
  });

  await test.step('the other keys, from the sheet that names them', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await look(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByLabel('Lock', { exact: true })).toBeFocused();
  });
});

test('a view of a list is saved, shown and deleted; a phone has a button to search', async ({
  page,
  newDemo: demo,
}) => {
  await register(page, demo, { email: 'vera@example.com', door: doorOf(demo, 1) });
  await page.goto(page.url().replace(/\/devices.*/, '/keys?status=active'));
  const dialog = page.getByRole('dialog', { name: 'Saved views' });

  await page.getByRole('button', { name: 'Saved views' }).click();
  await dialog.getByLabel('Name of the view').fill('Open now');
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await expect(dialog.getByRole('button', { name: 'Open now', exact: true })).toBeVisible();
  await look(page, 'saved-views');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'View: Open now' })).toBeVisible();
  await look(page, 'saved-view-shown');

  await page.goto(page.url().replace(/\?.*/, ''));
  await page.getByRole('button', { name: 'Saved views' }).click();
  await dialog.getByRole('button', { name: 'Open now', exact: true }).click();
  await expect(page).toHaveURL(/\/keys\?status=active$/);
  await page.getByRole('button', { name: 'View: Open now' }).click();
  await dialog.getByRole('button', { name: 'Delete Open now' }).click();
  await expect(dialog.getByText('Only you see your views.')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(field(page)).toBeFocused();
});
