import { expect } from '@playwright/test';
import { doorOf, look, register, showFilters, test } from './demo-fixture.ts';

test('an API key is made, shown once, used by a program, seen in the Audit, and revoked', async ({
  page,
  playwright,
  newDemo: demo,
}) => {
  test.setTimeout(120_000);
  await register(page, demo, { email: 'ada@example.com', door: doorOf(demo, 0) });
  const [, entityId = ''] = /\/e\/([^/]+)\//.exec(page.url()) ?? [];
  await page.goto(`${demo.portalUrl}/e/${entityId}/settings/profile`);
  const card = page.getByRole('region', { name: 'API Keys' });
  await expect(card.getByText('There are no API keys.')).toBeVisible();

  await card.getByRole('button', { name: 'Make API Key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make API Key' });
  await dialog.getByRole('button', { name: 'Make API Key' }).click();
  await expect(dialog.getByText('Enter a name.')).toBeVisible();
  await expect(dialog.getByText('Choose at least one permission.')).toBeVisible();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await look(page, 'api-key-problems');
  await dialog.getByLabel('Name').fill('Parcel box');
  await dialog.getByLabel('See locks').check();
  await dialog.getByLabel('Open locks').check();
  await dialog.getByLabel('Expires').selectOption('in 30 days');
  await dialog.getByRole('button', { name: 'Make API Key' }).click();
  const made = page.getByRole('dialog', { name: 'API key made' });
  const shown = made.getByLabel('API key', { exact: true });
  await expect(shown).toHaveText(/^clv_[\w-]{43}$/);
  const key = (await shown.textContent()) ?? '';
  await look(page, 'api-key-shown');
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(card.getByText('See locks, Open locks')).toBeVisible();
  await look(page, 'api-keys');

  const program = await playwright.request.newContext({
    baseURL: demo.portalUrl,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  const entity = `/api/entities/${entityId}`;
  const locks = await program.get(`${entity}/locks`);
  expect(locks.status()).toBe(200);
  const { items } = (await locks.json()) as { items: { id: string }[] };
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const opened = await program.post(`${entity}/locks/${items[0]?.id ?? ''}/open`, { headers, data: {} });
  expect(opened.status()).toBe(202);
  expect((await program.get(`${entity}/users`)).status()).toBe(403);
  expect((await program.get('/api/account/sessions')).status()).toBe(403);

  await page.goto(`${demo.portalUrl}/e/${entityId}/logs/audit`);
  await showFilters(page);
  await page.getByRole('button', { name: 'Lock opened remotely' }).click();
  // In the details at least: a phone has no room for who did it beside what was done.
  const visible = page.getByText(/via API key “Parcel box”/).filter({ visible: true });
  await expect(visible.first()).toBeVisible();
  await look(page, 'audit-of-api-key');

  await page.goto(`${demo.portalUrl}/e/${entityId}/settings/profile`);
  await card.getByRole('button', { name: 'Revoke API key: Parcel box' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(card.getByText('There are no API keys.')).toBeVisible();
  expect((await program.get(`${entity}/locks`)).status()).toBe(401);
  await program.dispose();
});
