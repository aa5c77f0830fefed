import type { Building, Entity, Unit, UnitImportCheck } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';

/** Some seconds on a machine that has nothing else to do. */
const hundredThousandLimitMs = 60_000;

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;
let entityId: string;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  const mill = { name: 'Mill', code: 'MILL', kind: 'community', zone: 'Europe/Berlin' };
  const made = await home.browser.post(`/api/entities/${home.entityId}/entities`, mill);
  entityId = made.json<Entity>().id;
  await forgetAudit(site.test);
});

function importsUrl(rest = ''): string {
  return `/api/entities/${entityId}/unit-imports${rest}`;
}

async function start(): Promise<string> {
  const answer = await home.browser.post(importsUrl(), {});
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

type Row = readonly [building: string, unit: string, floors?: string];

function send(id: string, rows: readonly Row[], from = 2) {
  const lines = rows.map(([building, unit, floors = ''], index) => ({
    ...{ line: from + index, building, unit, floors },
  }));
  return home.browser.post(importsUrl(`/${id}/lines`), { lines });
}

async function importOf(rows: readonly Row[]): Promise<string> {
  const id = await start();
  expect((await send(id, rows)).statusCode).toBe(204);
  return id;
}

async function check(id: string): Promise<UnitImportCheck> {
  return (await home.browser.get(importsUrl(`/${id}`))).json<UnitImportCheck>();
}

function apply(id: string) {
  return home.browser.post(importsUrl(`/${id}/apply`), {});
}

/** Every Unit that is there: `Tower/1: 3 4`. */
async function found(): Promise<string[]> {
  const url = `/api/entities/${entityId}/buildings`;
  const buildings = (await home.browser.get(url)).json<{ items: Building[] }>().items;
  const names: string[] = [];
  for (const { id, name } of buildings) {
    const { items } = (await home.browser.get(`${url}/${id}/units`)).json<{ items: Unit[] }>();
    names.push(...items.map((unit) => `${name}/${unit.name}: ${unit.floors.join(' ')}`));
  }
  return names;
}

describe('an import of Units', () => {
  it('says what it would change, changes nothing, and then makes all of it', async () => {
    const id = await importOf([
      ['Tower', '1', '0'],
      ['Tower', '2', '1, 2'],
      ['Annex', '1'],
    ]);

    expect(await check(id)).toEqual({
      ...{ lines: 3, problemCount: 0, problems: [] },
      ...{ newBuildings: 2, newUnits: 3, changedUnits: 0 },
    });
    expect(await found()).toEqual([]);

    expect((await apply(id)).statusCode).toBe(200);
    expect(await found()).toEqual(['Annex/1: ', 'Tower/1: 0', 'Tower/2: 1 2']);
    const rows = await site.test.asAdmin(
      "select operation, after from claviger.audit_entries where operation = 'unit.import'",
    );
    expect(rows).toMatchObject([{ after: { lines: 3, newBuildings: 2, newUnits: 3 } }]);
  });

  it('adds what is new, changes floors that are others, and leaves the rest as it is', async () => {
    await apply(
      await importOf([
        ['Tower', '1', '0'],
        ['Tower', '2', '1'],
      ]),
    );
    const id = await importOf([
      ['tower', '1', '0'],
      ['TOWER', '2', '5'],
      ['Tower', '3'],
    ]);

    expect(await check(id)).toMatchObject({ newBuildings: 0, newUnits: 1, changedUnits: 1 });
    await apply(id);

    expect(await found()).toEqual(['Tower/1: 0', 'Tower/2: 5', 'Tower/3: ']);
    const versions = await site.test.asAdmin(
      'select version from claviger.units where entity_id = $1 order by name',
      [entityId],
    );
    expect(versions).toEqual([{ version: 1 }, { version: 2 }, { version: 1 }]);
  });

  it('names every line that is wrong, and makes nothing while there is one', async () => {
    const id = await importOf([
      ['Tower', '1'],
      ['', '2'],
      ['Tower', ' '],
      ['Tower', '3', 'third'],
      ['tower', '1'],
      ['Tower', 'bell\u0007'],
      ['x'.repeat(81), '4'],
    ]);

    expect((await check(id)).problems).toEqual([
      { line: 3, column: 'building', problem: 'building_name' },
      { line: 4, column: 'unit', problem: 'unit_name' },
      { line: 5, column: 'floors', problem: 'floors' },
      { line: 6, column: 'unit', problem: 'twice' },
      { line: 7, column: 'unit', problem: 'unit_name' },
      { line: 8, column: 'building', problem: 'building_name' },
    ]);
    const answer = await apply(id);
    expect(answer.json<{ error: { issues: object[] } }>().error.issues[0]).toEqual({
      ...{ path: 'line.3', problem: 'building_name' },
    });
    expect(await found()).toEqual([]);
  });

  it('takes formulas for what they are: text', async () => {
    await apply(await importOf([['=1+1', '@SUM(A1)', '2']]));
    expect(await found()).toEqual(['=1+1/@SUM(A1): 2']);
  });

  it('replaces a line that is sent again, as after an answer that was lost', async () => {
    const id = await importOf([['Tower', 'wrong', 'x']]);
    await send(id, [['Tower', '1', '3']]);

    expect(await check(id)).toMatchObject({ lines: 1, problemCount: 0 });
  });

  it('tells the first hundred lines that are wrong, and how many there are', async () => {
    const id = await start();
    await send(
      id,
      Array.from({ length: 150 }, (): Row => ['', '1']),
    );

    const { problemCount, problems } = await check(id);
    expect([problemCount, problems.length]).toEqual([150, 100]);
  });

  it('is its maker’s alone, and over when it was applied or another one begun', async () => {
    const first = await importOf([['Tower', '1']]);
    const second = await importOf([['Tower', '1']]);
    expect((await apply(first)).statusCode).toBe(404);

    await site.test.asAdmin('update claviger.imports set made_by = gen_random_uuid()');
    expect((await apply(second)).statusCode).toBe(404);

    const third = await importOf([['Tower', '1']]);
    await apply(third);
    expect((await apply(third)).statusCode).toBe(404);
    expect(await found()).toEqual(['Tower/1: ']);
  });

  it(
    'has 100,000 lines at most, and makes them in one go',
    async () => {
      const id = await start();
      await site.test.asAdmin(
        `insert into claviger.unit_import_lines (entity_id, import_id, line, building, unit, floors)
        select $1, $2, n + 1, 'Tower ' || n % 40, n::text, array[n % 20]::smallint[]
        from generate_series(1, 100000) n`,
        [entityId, id],
      );
      expect((await send(id, [['Tower', 'one more']], 200_000)).json()).toMatchObject({
        error: { code: 'limit_reached' },
      });

      expect((await apply(id)).json()).toMatchObject({ newBuildings: 40, newUnits: 100_000 });
      const rows = await site.test.asAdmin('select count(*)::int from claviger.units where entity_id = $1', [
        entityId,
      ]);
      expect(rows).toEqual([{ count: 100_000 }]);
    },
    hundredThousandLimitMs,
  );
});
