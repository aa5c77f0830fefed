import type { AuditEntry, UserImportCheck } from '@claviger/protocol';
import Papa from 'papaparse';
import { beforeAll, expect, it } from 'vitest';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
  for (const user of [
    { name: '=1+1', email: 'f@example.com', phone: '+49 30 1234', plates: ['B-X 1', 'B-X 2'] },
    { name: "'@Zoë", email: 'zoe@example.com', mobile: '0170 5566' },
    { name: 'Gone', email: 'gone@example.com' },
  ]) {
    const made = await home.browser.post(`/api/entities/${home.entityId}/users`, user);
    const { id } = made.json<{ id: string }>();
    if (user.name === 'Gone') await home.browser.post(url(`users/${id}/deactivate`), {});
  }
});

function url(rest: string): string {
  return `/api/entities/${home.entityId}/${rest}`;
}

async function exported(query = ''): Promise<Record<string, string>[]> {
  const answer = await home.browser.get(url(`users.csv${query}`));
  expect(answer.headers['content-disposition']).toMatch(/users-\w+-\d{4}-\d\d-\d\d\.csv/);
  return Papa.parse<Record<string, string>>(answer.body.replace('\uFEFF', '').trimEnd(), { header: true })
    .data;
}

it('has every User of the filters, and gives no formula away', async () => {
  const rows = await exported();
  expect(rows.map(({ name, status }) => `${name} ${status}`)).toEqual([
    ...["''@Zoë active", "'=1+1 active", 'ada active', 'Gone deactivated'],
  ]);
  expect(rows[1]).toMatchObject({ phone: "'+49 30 1234", plates: 'B-X 1, B-X 2', welcome: 'no' });
  expect((await exported('?status=deactivated')).map(({ name }) => name)).toEqual(['Gone']);
  expect((await exported('?text=zo')).map(({ email }) => email)).toEqual(['zoe@example.com']);
});

it('can be imported again, and changes nothing', async () => {
  const lines = (await exported()).map((row, index) => ({
    line: index + 2,
    ...Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text.replace(/^'/, '')])),
  }));
  const { id } = (await home.browser.post(url('user-imports'), {})).json<{ id: string }>();
  expect((await home.browser.post(url(`user-imports/${id}/lines`), { lines })).statusCode).toBe(204);

  const check = (await home.browser.get(url(`user-imports/${id}`))).json<UserImportCheck>();
  expect(check).toMatchObject({ problems: [], newUsers: 0, knownUsers: 4, welcomes: 0 });
});

it('stands in the Audit without what was searched for', async () => {
  await exported('?text=secret');
  const answer = await home.browser.get(url('audit?operation=user.export'));
  const [entry] = answer.json<{ items: AuditEntry[] }>().items;
  expect(entry?.after).toEqual({ filter: { isSearched: true } });
});
