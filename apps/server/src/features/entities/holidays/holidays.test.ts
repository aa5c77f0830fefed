import { decide, emptyMemory, indexAccessList, wholeDay, type AccessList } from '@claviger/domain';
import { linkLookup, type Holiday } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { makeKey, openHome, wallMinuteAt, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { findDecidingList } from '../../access-lists/index.ts';

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  await forgetAudit(site.test);
});

const christmas = { name: 'Christmas', firstDate: '2026-12-25', lastDate: '2026-12-26', isYearly: true };
const dayMs = 86_400_000;

function holidaysUrl(holidayId?: string): string {
  const all = `/api/entities/${home.entityId}/holidays`;
  return holidayId === undefined ? all : `${all}/${holidayId}`;
}

async function add(body: object = christmas): Promise<Holiday> {
  const answer = await home.browser.post(holidaysUrl(), body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Holiday>();
}

async function listed(): Promise<Holiday[]> {
  return (await home.browser.get(holidaysUrl())).json<{ items: Holiday[] }>().items;
}

/** The date in Berlin, so many days from now. */
function dateIn(days: number): string {
  return wallMinuteAt(site.server.clock.now(), days * 24).slice(0, 10);
}

/** Compiles what is wanted, sends it to the door, and gives the list that the door has confirmed. */
async function listAtDoor(): Promise<AccessList> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
  const [told] = await site.test.asAdmin<{ incarnation: number; version: number }>(
    `select told_incarnation::int as incarnation, told_version::int as version
      from claviger.lock_lists where lock_id = $1 and wanted_at is null
        and (told_incarnation, told_version) = (incarnation, version)`,
    [home.lockId],
  );
  if (!told) throw new Error('the door has not confirmed its list');
  const list = await site.test.database.transact({ kind: 'entity', entityId: home.entityId }, (tx) =>
    findDecidingList(tx, home, told),
  );
  if (!list) throw new Error('no list');
  return list;
}

/** What a door with this list, and a lock schedule that is open all week, says to the Key at an instant. */
function reasonAt(list: AccessList, keyId: string, at: number): string {
  const week = Array.from({ length: 7 }, () => [wholeDay]);
  const scheduled = {
    ...list,
    lock: { ...list.lock, schedule: { isHolidayExempt: false, intervals: week } },
  };
  return decide(indexAccessList(scheduled), emptyMemory, {
    kind: 'credential',
    at,
    uncertaintyMs: 0,
    canRecord: true,
    first: {
      ...{ method: 'link', path: 'link', isMalformed: false, verified: 'not_tested' },
      lookup: linkLookup(keyId),
    },
    side: 'entry',
    listConfirmedAt: at,
  }).reason;
}

describe('a holiday', () => {
  it('that the Portal adds is in the list that the door confirms, and its attempt is refused', async () => {
    const { key } = await makeKey(home, site.server.clock.now());
    await add({ ...christmas, firstDate: dateIn(0), lastDate: dateIn(0), isYearly: false });

    const list = await listAtDoor();

    expect(list.holidays).toMatchObject([{ isYearly: false }]);
    const now = site.server.clock.now();
    expect(reasonAt(list, key.id, now)).toBe('holiday');
    expect(reasonAt({ ...list, holidays: [] }, key.id, now)).toBe('granted');
    expect(reasonAt(list, key.id, now + dayMs)).toBe('granted');
  });

  it('that was removed opens again, and stands in the Audit with what it was', async () => {
    const { key } = await makeKey(home, site.server.clock.now());
    const made = await add({ ...christmas, firstDate: dateIn(0), lastDate: dateIn(0) });
    await listAtDoor();

    expect((await home.browser.request('DELETE', holidaysUrl(made.id))).statusCode).toBe(204);

    const list = await listAtDoor();
    expect(list.holidays).toEqual([]);
    expect(reasonAt(list, key.id, site.server.clock.now())).toBe('granted');
    const rows = await site.test.asAdmin(
      `select operation, object_type, object_id, before, after from claviger.audit_entries
        where operation like 'holiday.%' order by sequence`,
    );
    expect(rows).toMatchObject([
      {
        operation: 'holiday.add',
        ...{ object_type: 'holiday', object_id: made.id, before: null, after: { name: 'Christmas' } },
      },
      { operation: 'holiday.remove', object_id: made.id, before: { name: 'Christmas' }, after: null },
    ]);
  });

  it('with hours of its own is told with them', async () => {
    await add({ ...christmas, hours: { from: '09:00', until: '12:30' } });

    expect((await listAtDoor()).holidays).toMatchObject([{ hours: { from: 540, until: 750 } }]);
  });

  it('that was changed is told as it is now', async () => {
    const made = await add();
    await listAtDoor();

    const change = { ...christmas, name: 'Boxing Day', firstDate: '2026-12-26', version: made.version };
    const answer = await home.browser.request('PATCH', holidaysUrl(made.id), change);

    expect(answer.json()).toMatchObject({ name: 'Boxing Day', firstDate: '2026-12-26', version: 2 });
    const { holidays } = await listAtDoor();
    expect(holidays).toMatchObject([{ first: Date.parse('2026-12-26') / dayMs }]);
    const again = await home.browser.request('PATCH', holidaysUrl(made.id), change);
    expect(again.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
  });

  const slips = {
    'an end before its begin': [{ lastDate: '2026-12-24' }, 'lastDate until_before_from'],
    'equal hours (T3)': [{ hours: { from: '09:00', until: '09:00' } }, 'hours hours_equal'],
    'hours that are the whole day': [{ hours: { from: '00:00', until: '24:00' } }, 'hours hours_equal'],
    'a year by a slip of the pen': [{ firstDate: '1026-12-25' }, 'firstDate date_out_of_years'],
  } as const;

  it.each(Object.entries(slips))('is refused with %s', async (_what, [change, told]) => {
    const [field, problem] = told.split(' ');
    const path = `body.${String(field)}`;
    const answer = await home.browser.post(holidaysUrl(), { ...christmas, ...change });

    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input', issues: [{ path, problem }] } });
    expect(await listed()).toEqual([]);
  });

  it('is one of 366 at most', async () => {
    await site.test.asAdmin(
      `insert into claviger.holidays (entity_id, id, name, first_date, last_date, is_yearly)
        select $1, gen_random_uuid(), 'Day', date '2026-01-01' + n, date '2026-01-01' + n, false
        from generate_series(1, 366) n`,
      [home.entityId],
    );
    expect((await home.browser.post(holidaysUrl(), christmas)).json()).toMatchObject({
      error: { code: 'limit_reached' },
    });
  });

  it('is seen by a local_admin, and changed by a community_manager alone', async () => {
    const made = await add();
    await site.test.asAdmin("update claviger.memberships set role = 'local_admin' where entity_id = $1", [
      home.entityId,
    ]);

    expect(await listed()).toHaveLength(1);
    expect((await home.browser.post(holidaysUrl(), christmas)).statusCode).toBe(403);
    expect((await home.browser.request('DELETE', holidaysUrl(made.id))).statusCode).toBe(403);
  });

  it('of another Entity is not found', async () => {
    const made = await add();
    const other = await openHome(site.server, { email: `eve${String(persons)}@example.com` });
    const url = `/api/entities/${other.entityId}/holidays/${made.id}`;

    expect((await other.browser.request('DELETE', url)).statusCode).toBe(404);
    expect(await listed()).toHaveLength(1);
  });
});

describe('the list of holidays', () => {
  it('goes by the next date, with what is over at the end', async () => {
    await add({ ...christmas, name: 'Later', firstDate: dateIn(30), lastDate: dateIn(30), isYearly: false });
    await add({
      ...christmas,
      name: 'Over',
      firstDate: '2020-01-01',
      lastDate: '2020-01-02',
      isYearly: false,
    });
    await add({ ...christmas, name: 'Today', firstDate: dateIn(-1), lastDate: dateIn(1), isYearly: false });
    await add({ ...christmas, name: 'Yearly', firstDate: '2020-03-01', lastDate: '2020-03-01' });

    const holidays = await listed();

    expect(holidays.map(({ name }) => name).filter((name) => name !== 'Yearly')).toEqual([
      'Today',
      'Later',
      'Over',
    ]);
    expect(holidays.find(({ name }) => name === 'Today')?.nextDate).toBe(dateIn(0));
    expect(holidays.find(({ name }) => name === 'Yearly')?.nextDate).toMatch(/-03-01$/);
    expect(holidays.at(-1)?.nextDate).toBeUndefined();
  });
});
