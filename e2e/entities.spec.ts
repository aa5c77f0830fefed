import { expect, type Page } from '@playwright/test';
import { doorOf, look, password, signInOrRegister, test, type RunningDemo } from './demo-fixture.ts';

/** The section of Entities, in the home of a person of this demo. */
async function openEntities(page: Page, demo: RunningDemo): Promise<void> {
  await signInOrRegister(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  await page.goto(page.url().replace(/\/devices\/locks.*/, '/entities'));
  await expect(page.getByRole('heading', { name: 'Entities', level: 1 })).toBeVisible();
}

/** The card or the row of an Entity. */
function entityOf(page: Page, name: string) {
  return page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });
}

async function chooseAction(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions of ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Both projects share a demo: each makes its own. */
function namesFor(project: string) {
  return { name: `Mill ${project}`, later: `Old mill ${project}`, code: `mill_${project}` };
}

test('Create an Entity, edit it, select it and delete it', async ({ page, demo }, info) => {
  const { name, later, code } = namesFor(info.project.name);
  await openEntities(page, demo);

  await page.getByRole('button', { name: 'Create Entity' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Entity name').fill(name);
  await dialog.getByLabel('Entity code').pressSequentially(code);
  await expect(dialog.getByLabel('Entity code')).toHaveValue(code.toUpperCase());
  await dialog.getByLabel('Description').fill('By the river');
  await dialog.getByLabel('Add Local Admin').fill('alan@example.com');
  await look(page, 'entity-create');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(entityOf(page, name)).toContainText(code.toUpperCase());
  await look(page, 'entities-cards');

  await page.getByRole('button', { name: 'Create Entity' }).click();
  await dialog.getByLabel('Entity name').fill('Another');
  await dialog.getByLabel('Entity code').fill(code);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(dialog.getByText('Another Entity of yours has this code.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await chooseAction(page, name, 'Edit details');
  await expect(dialog.getByLabel('Entity code')).toHaveAttribute('readonly');
  await dialog.getByLabel('Entity name').fill(later);
  await look(page, 'entity-edit');
  await dialog.getByRole('button', { name: 'Save Changes' }).click();
  await expect(entityOf(page, later)).toBeVisible();

  await page
    .getByRole('banner')
    .getByRole('button', { name: / locks?$/ })
    .click();
  await page.getByRole('menuitem', { name: later }).click();
  await expect(page.getByRole('heading', { name: 'Entities', level: 1 })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: `${later} 0 locks` })).toBeVisible();

  await chooseAction(page, later, 'Delete entity');
  await expect(dialog.getByText(/^Everybody loses access to this Entity at once/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete entity' }).click();
  await expect(page.getByRole('heading', { name: /^Hauptstrasse 1/, level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('An Entity with locks is not deleted, and says where they are', async ({ page, demo }) => {
  await openEntities(page, demo);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await look(page, 'entities-list');

  await page.getByRole('button', { name: 'Actions of Hauptstrasse 1' }).click();
  const deletion = page.getByRole('menuitem', { name: 'Delete entity' });
  await expect(deletion).toHaveAttribute('aria-disabled', 'true');
  await expect(deletion).toContainText('It still has locks.');
  await look(page, 'entity-delete');
  await page.getByRole('menuitem', { name: 'Go to its locks' }).click();
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();

  await page.goBack();
  await page.reload();
  const list = page.getByRole('button', { name: 'List', exact: true });
  await expect(list).toHaveAttribute('aria-pressed', 'true');
});

test('Holidays of an Entity are added, changed and removed in its window', async ({ page, demo }, info) => {
  const name = `Christmas ${info.project.name}`;
  await openEntities(page, demo);
  await page.getByRole('button', { name: 'Settings of Hauptstrasse 1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: 'Holidays' }).click();

  await dialog.getByRole('button', { name: 'Add holiday' }).click();
  await dialog.getByLabel('Name of the holiday').fill(name);
  await dialog.getByLabel('First date').fill('2026-12-25');
  await dialog.getByLabel('Last date').fill('2026-12-26');
  await dialog.getByRole('switch', { name: 'Own hours' }).check();
  await look(page, 'holiday-add');
  await dialog.getByRole('button', { name: 'Add holiday' }).click();
  const row = dialog.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('25 Dec 2026 – 26 Dec 2026');
  await expect(row).toContainText('Every year · Open 09:00 to 12:00');
  await look(page, 'holidays');

  await dialog.getByRole('button', { name: `Change ${name}` }).click();
  await dialog.getByRole('switch', { name: 'Own hours' }).uncheck();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Whole day closed');

  await dialog.getByRole('button', { name: `Remove ${name}` }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
});

test('A Local Admin is invited, accepts, and loses the permissions again', async ({
  page,
  demo,
  browser,
}, info) => {
  const name = `grace-${info.project.name}`;
  const email = `${name}@example.com`;
  await openEntities(page, demo);
  await chooseAction(page, 'Hauptstrasse 1', 'Edit details');
  const section = page.getByRole('dialog').getByRole('region', { name: 'Manage Local Admins' });
  await section.getByLabel('Add Local Admin').fill(email);
  await section.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(section.getByText(`An invitation is on its way to ${email}.`)).toBeVisible();
  const invitation = section.getByRole('listitem').filter({ hasText: email });
  await expect(invitation.getByText(/^Invited .* The link holds until /)).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await look(page, 'local-admins');
  await section.getByLabel('Add Local Admin').fill(email);
  await section.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(section.getByText(/^This address was invited already\./)).toBeVisible();

  await page.goto(page.url().replace(/\/entities\/.*/, '/outbox'));
  const link = await page
    .getByRole('link', { name: /\/invitation#/ })
    .first()
    .getAttribute('href');
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto((link ?? '').replace(/#.*/, `#${'A'.repeat(22)}`));
  await expect(theirs.getByRole('heading', { name: 'This invitation does not hold' })).toBeVisible();
  // The right one, opened in the same tab, loads no page.
  await theirs.evaluate((hash) => location.assign(hash), new URL(link ?? '').hash);
  await expect(theirs.getByText('You are invited to become a Local Admin of Hauptstrasse 1.')).toBeVisible();
  await expect(theirs).toHaveURL(/\/invitation$/);
  await theirs.getByLabel('Password', { exact: true }).fill(password);
  await look(theirs, 'invitation');
  await theirs.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(theirs.getByRole('heading', { name: /^Hauptstrasse 1/, level: 1 })).toBeVisible();
  await theirs.goto(theirs.url().replace('/dashboard', '/entities'));
  await expect(entityOf(theirs, 'Hauptstrasse 1')).toBeVisible();
  await expect(theirs.getByRole('button', { name: 'Create Entity' })).toHaveCount(0);
  await look(theirs, 'entities-of-a-local-admin');

  await openEntities(page, demo);
  await page.getByRole('button', { name: 'Settings of Hauptstrasse 1' }).click();
  await section.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(
    section.getByText('Removing Local Admin permissions does not delete the user account.'),
  ).toBeVisible();
  await look(page, 'local-admin-remove');
  await section.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(section.getByText('No Local Admins yet.')).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByText(/^You may not do this here\./)).toBeVisible();
  await expect(entityOf(theirs, 'Hauptstrasse 1')).toHaveCount(0);
  await theirs.context().close();
});

test('An Entity that cannot be loaded is not called gone, and is asked for again', async ({ page, demo }) => {
  await openEntities(page, demo);
  await chooseAction(page, 'Hauptstrasse 1', 'Edit details');
  const list = /\/api\/entities\/[^/]+\/entities$/;
  const json = { error: { code: 'temporarily_unavailable', requestId: '', retryAfterS: 5 } };
  await page.route(list, (route) => route.fulfill({ status: 503, json }));
  await page.reload();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await look(page, 'entity-unavailable');
  await page.unroute(list);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByLabel('Entity name')).toHaveValue('Hauptstrasse 1');
});
