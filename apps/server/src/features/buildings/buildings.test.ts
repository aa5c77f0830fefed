import type { Building, Entity, Unit } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { newIdentifier } from '../../platform/database/index.ts';

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;
/** A community of the same person. */
let entityId: string;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  const mill = { name: 'Mill', code: 'MILL', kind: 'community', zone: 'Europe/Berlin' };
  const made = await home.browser.post(`/api/entities/${home.entityId}/entities`, mill);
  entityId = made.json<Entity>().id;
  await forgetAudit(site.test);
});

function buildingsUrl(rest = '', of = entityId): string {
  return `/api/entities/${of}/buildings${rest}`;
}

function unitUrl(id: string): string {
  return `/api/entities/${entityId}/units/${id}`;
}

async function add(name = 'Tower'): Promise<Building> {
  const answer = await home.browser.post(buildingsUrl(), { name });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Building>();
}

function askForUnit(buildingId: string, name: string, floors: number[] = []) {
  return home.browser.post(buildingsUrl(`/${buildingId}/units`), { name, floors });
}

async function addUnit(buildingId: string, name: string, floors: number[] = []): Promise<Unit> {
  const answer = await askForUnit(buildingId, name, floors);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Unit>();
}

async function listed(): Promise<Building[]> {
  return (await home.browser.get(buildingsUrl())).json<{ items: Building[] }>().items;
}

async function units(buildingId: string, query = ''): Promise<{ items: Unit[]; next?: string }> {
  return (await home.browser.get(buildingsUrl(`/${buildingId}/units${query}`))).json<{ items: Unit[] }>();
}

function audit() {
  return site.test.asAdmin<Record<string, unknown>>(
    `select operation, object_type, object_id, before, after from claviger.audit_entries
      where chain = $1 and outcome = 'done' order by sequence`,
    [entityId],
  );
}

/** Something of a later day that belongs to a Unit. */
async function bind(unitId: string): Promise<void> {
  await site.test.asAdmin(
    `create table if not exists claviger.bound (entity_id uuid, unit_id uuid,
      foreign key (entity_id, unit_id) references claviger.units (entity_id, id))`,
  );
  await site.test.asAdmin('insert into claviger.bound values ($1, $2)', [entityId, unitId]);
}

describe('a building', () => {
  it('is added, renamed and removed, and the Audit says before and after', async () => {
    const added = await add();
    const url = buildingsUrl(`/${added.id}`);

    const renamed = await home.browser.request('PATCH', url, { name: 'Old tower', version: added.version });
    expect(renamed.json()).toMatchObject({ name: 'Old tower', version: 2 });
    expect((await home.browser.request('DELETE', url)).statusCode).toBe(204);

    expect(await listed()).toEqual([]);
    expect(await audit()).toMatchObject([
      { operation: 'building.add', object_type: 'building', object_id: added.id, after: { name: 'Tower' } },
      { operation: 'building.update', before: { name: 'Tower' }, after: { name: 'Old tower' } },
      { operation: 'building.remove', before: { name: 'Old tower', unitCount: 0 } },
    ]);
  });

  it('has a name that no other one of the Entity has, however it is written', async () => {
    const { id, version } = await add();
    await add('Annex');

    const answers = [
      await home.browser.post(buildingsUrl(), { name: 'TOWER' }),
      await home.browser.request('PATCH', buildingsUrl(`/${id}`), { name: 'annex', version }),
    ];

    for (const answer of answers) {
      expect(answer.json()).toMatchObject({
        error: { issues: [{ path: 'body.name', problem: 'name_taken' }] },
      });
    }
    expect((await listed()).map(({ name }) => name)).toEqual(['Annex', 'Tower']);
  });

  it('tells the second of two people who rename it', async () => {
    const { id, version } = await add();
    await home.browser.request('PATCH', buildingsUrl(`/${id}`), { name: 'First', version });

    const answer = await home.browser.request('PATCH', buildingsUrl(`/${id}`), { name: 'Second', version });

    expect(answer.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
  });

  it('is removed with its Units, and not while something belongs to one of them', async () => {
    const { id } = await add();
    await addUnit(id, '1');
    const used = await addUnit(id, '2');
    await bind(used.id);

    const refused = await home.browser.request('DELETE', buildingsUrl(`/${id}`));
    expect(refused.json()).toMatchObject({ error: { code: 'in_use' } });
    expect((await units(id)).items).toHaveLength(2);

    await site.test.asAdmin('delete from claviger.bound');
    expect((await home.browser.request('DELETE', buildingsUrl(`/${id}`))).statusCode).toBe(204);
    expect(await site.test.asAdmin('select from claviger.units where building_id = $1', [id])).toEqual([]);
  });

  it('is one of 1,000 at most', async () => {
    await site.test.asAdmin(
      `insert into claviger.buildings (entity_id, id, name)
        select $1, gen_random_uuid(), n from generate_series(1, 1000) n`,
      [entityId],
    );
    const answer = await home.browser.post(buildingsUrl(), { name: 'Tower' });
    expect(answer.json()).toMatchObject({ error: { code: 'limit_reached' } });
  });

  it('is seen by a local_admin, and changed by a community_manager alone', async () => {
    const { id, version } = await add();
    const unit = await addUnit(id, '1');
    await site.test.asAdmin("update claviger.memberships set role = 'local_admin' where entity_id = $1", [
      entityId,
    ]);

    expect([(await listed()).length, (await units(id)).items.length]).toEqual([1, 1]);
    const answers = [
      await home.browser.post(buildingsUrl(), { name: 'Annex' }),
      await home.browser.request('PATCH', buildingsUrl(`/${id}`), { name: 'Annex', version }),
      await home.browser.request('DELETE', buildingsUrl(`/${id}`)),
      await askForUnit(id, '2'),
      await home.browser.request('PATCH', unitUrl(unit.id), { name: '3', floors: [], version: 1 }),
      await home.browser.request('DELETE', unitUrl(unit.id)),
      await home.browser.post(`/api/entities/${entityId}/unit-imports`, {}),
    ];
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([403]));
  });

  it('of another Entity is not found', async () => {
    const { id, version } = await add();
    const own = buildingsUrl(`/${id}`, home.entityId);

    const answers = [
      await home.browser.request('PATCH', own, { name: 'Mine', version }),
      await home.browser.request('DELETE', own),
      await home.browser.get(`${own}/units`),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
    expect(await listed()).toHaveLength(1);
  });
});

describe('a Unit', () => {
  it('is added with its floors, changed and removed', async () => {
    const { id } = await add();
    const unit = await addUnit(id, 'Apartment 7', [4, -1, 4, 3]);
    expect(unit).toMatchObject({ name: 'Apartment 7', floors: [-1, 3, 4], version: 1 });

    const change = { name: 'Apartment 8', floors: [5], version: 1 };
    expect((await home.browser.request('PATCH', unitUrl(unit.id), change)).json()).toMatchObject({
      ...change,
      version: 2,
    });
    const again = await home.browser.request('PATCH', unitUrl(unit.id), change);
    expect(again.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
    expect(await listed()).toMatchObject([{ unitCount: 1 }]);
    expect((await home.browser.request('DELETE', unitUrl(unit.id))).statusCode).toBe(204);

    expect((await audit()).slice(1)).toMatchObject([
      { operation: 'unit.add', object_type: 'unit', after: { name: 'Apartment 7', floors: '-1 3 4' } },
      { operation: 'unit.update', before: { floors: '-1 3 4' }, after: { floors: '5' } },
      { operation: 'unit.remove', before: { name: 'Apartment 8' } },
    ]);
  });

  it('has a name that no other one of its building has', async () => {
    const [tower, annex] = [await add(), await add('Annex')];
    await addUnit(tower.id, 'A');
    await addUnit(annex.id, 'A');

    const answer = await askForUnit(tower.id, 'a');

    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.name', problem: 'name_taken' }] },
    });
  });

  it('is not removed while something belongs to it', async () => {
    const { id } = await add();
    const unit = await addUnit(id, '1');
    await bind(unit.id);

    expect((await home.browser.request('DELETE', unitUrl(unit.id))).json()).toMatchObject({
      error: { code: 'in_use' },
    });
    await site.test.asAdmin('delete from claviger.bound');
  });

  it('is nowhere in a home', async () => {
    const made = await home.browser.post(buildingsUrl('', home.entityId), { name: 'House' });
    const { id } = made.json<Building>();

    const answer = await home.browser.post(buildingsUrl(`/${id}/units`, home.entityId), {
      ...{ name: '1', floors: [] },
    });

    expect(answer.json()).toMatchObject({ error: { issues: [{ problem: 'home_has_none' }] } });
  });

  it('stands in a list by name, a hundred at a time, or by a part of the name', async () => {
    const { id } = await add();
    await site.test.asAdmin(
      `insert into claviger.units (entity_id, id, building_id, name)
        select $1, gen_random_uuid(), $2, 'Unit ' || lpad(n::text, 3, '0') from generate_series(1, 150) n`,
      [entityId, id],
    );

    const first = await units(id);
    const second = await units(id, `?cursor=${String(first.next)}`);

    expect([first.items.length, second.items.length, second.next]).toEqual([100, 50, undefined]);
    expect(second.items[0]?.name).toBe('Unit 101');
    expect((await units(id, '?text=it%20150')).items.map(({ name }) => name)).toEqual(['Unit 150']);
    expect((await units(id, '?text=%25')).items).toEqual([]);
  });

  it('of nothing that is there is not found', async () => {
    expect((await askForUnit(newIdentifier(), '1')).statusCode).toBe(404);
    expect((await home.browser.request('DELETE', unitUrl(newIdentifier()))).statusCode).toBe(404);
  });
});
