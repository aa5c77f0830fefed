import { beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/platform/database/index.ts';
import { queryNamed } from '../../src/platform/database/query.ts';
import { editLock, makeKey, openHome, type TestHome } from '../guest-keys.ts';
import { addLocalAdmin } from '../people/invitations.ts';
import { serverOfThisFile } from '../test-app.ts';

const site = serverOfThisFile();
let mine: TestHome;
let theirs: TestHome;

const tables = [
  'keys',
  'bindings',
  'credentials',
  'key_tokens',
  'pin_values',
  'card_values',
  'lock_lists',
  'access_lists',
  'list_deltas',
  'list_changes',
  'mails',
  'holidays',
  'invitations',
  'invitation_tokens',
  'buildings',
  'units',
  'imports',
  'unit_import_lines',
] as const;

beforeAll(async () => {
  mine = await openHome(site.server);
  theirs = await openHome(site.server, { email: 'eve@example.com' });
  for (const home of [mine, theirs]) {
    await editLock(home, { takesCardNumbers: true });
    const holiday = { name: 'New year', firstDate: '2027-01-01', lastDate: '2027-01-01', isYearly: true };
    await home.browser.post(`/api/entities/${home.entityId}/holidays`, holiday);
    await addLocalAdmin(home, 'alan@example.com');
    await plantPlaces(home);
    await makeKey(home, site.server.clock.now(), {
      email: 'grace@example.com',
      card: '0005384932',
    });
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    // One change that a delta carries, and one that no list has carried yet.
    await site.test.asAdmin(
      `update claviger.lock_lists set told_incarnation = incarnation, told_version = version, told_root = root
        where lock_id = $1`,
      [home.lockId],
    );
    await makeKey(home, site.server.clock.now());
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    await makeKey(home, site.server.clock.now());
  }
});

/** A building with a Unit, and an import that waits; a home would have no Units of its own making. */
async function plantPlaces({ entityId }: TestHome): Promise<void> {
  const rows = [
    "buildings (entity_id, id, name) values ($1, $1, 'House')",
    "units (entity_id, id, building_id, name) values ($1, $1, $1, '1')",
    "imports (entity_id, id, kind, made_by, created_at) values ($1, $1, 'units', $1, now())",
    `unit_import_lines (entity_id, import_id, line, building, unit, floors)
      values ($1, $1, 2, 'House', '2', '{}')`,
  ];
  for (const row of rows) await site.test.asAdmin(`insert into claviger.${row}`, [entityId]);
}

/** How many rows of a table each Entity has, as this scope sees it. */
async function seen(table: string, scope: Scope): Promise<Record<string, number>> {
  const rows = await site.test.database.transact(scope, (tx) =>
    queryNamed<{ entity_id: string; count: number }>(tx, {
      name: `count ${table}`,
      text: `select entity_id, count(*)::int as count from claviger.${table} group by entity_id`,
      values: [],
    }),
  );
  return Object.fromEntries(rows.map(({ entity_id, count }) => [entity_id, count]));
}

describe.each(tables)('the table %s', (table) => {
  it('has rows of both Entities, and shows an Entity its own alone', async () => {
    const really = await site.test.asAdmin<{ entity_id: string }>(
      `select distinct entity_id from claviger.${table}`,
    );
    expect(really).toHaveLength(2);

    expect(Object.keys(await seen(table, { kind: 'entity', entityId: mine.entityId }))).toEqual([
      mine.entityId,
    ]);
  });

  it('takes no row of another Entity, and lets none be changed or removed', async () => {
    const scope: Scope = { kind: 'entity', entityId: mine.entityId };
    const run = (what: string, text: string) =>
      site.test.database.transact(scope, (tx) =>
        queryNamed(tx, { name: `${what} ${table}`, text, values: [] }),
      );

    const [written] = await site.test.asAdmin<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
        where table_schema = 'claviger' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    );
    const columns = written?.columns ?? '';
    const copied = run(
      'copy',
      `insert into claviger.${table} (${columns}) select ${columns} from (
        select (jsonb_populate_record(t, jsonb_build_object('entity_id', '${theirs.entityId}'))).*
          from claviger.${table} t) as copies`,
    );
    await expect(copied).rejects.toThrow(/row-level security/);
    expect(
      await run('delete', `delete from claviger.${table} where entity_id = '${theirs.entityId}' returning 1`),
    ).toEqual([]);
  });

  it('shows a device no more than what concerns its own locks', async () => {
    const rows = await seen(table, { kind: 'device', deviceId: mine.box.deviceId });
    const forDevices = ['keys', 'bindings', 'lock_lists', 'access_lists', 'list_deltas', 'list_changes'];

    expect(Object.keys(rows)).toEqual(forDevices.includes(table) ? [mine.entityId] : []);
  });

  it('shows the installation names of lists and of tokens, and nothing else', async () => {
    const rows = await seen(table, { kind: 'installation' });
    const forInstallation = ['key_tokens', 'lock_lists', 'invitation_tokens'];

    expect(Object.keys(rows).length).toBe(forInstallation.includes(table) ? 2 : 0);
  });
});
