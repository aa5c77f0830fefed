import type { Entity, User, UserImportCheck, UserLine } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';

/** Half a minute on a machine that has nothing else to do. */
const hundredThousandLimitMs = 240_000;

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;
/** A second Entity of the same person. */
let millId: string;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  const mill = { name: 'Mill', code: 'MILL', kind: 'community', zone: 'Europe/Berlin' };
  const made = await home.browser.post(`/api/entities/${home.entityId}/entities`, mill);
  millId = made.json<Entity>().id;
  await forgetAudit(site.test);
});

type Row = Omit<UserLine, 'line'>;

function importsUrl(rest = '', entityId = home.entityId): string {
  return `/api/entities/${entityId}/user-imports${rest}`;
}

function send(id: string, rows: readonly Row[], from = 2) {
  const lines = rows.map((row, index) => ({ line: from + index, ...row }));
  return home.browser.post(importsUrl(`/${id}/lines`), { lines });
}

async function start(): Promise<string> {
  const answer = await home.browser.post(importsUrl(), {});
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

async function importOf(...rows: Row[]): Promise<string> {
  const id = await start();
  const answer = await send(id, rows);
  expect(answer.statusCode, answer.body).toBe(204);
  return id;
}

async function check(id: string): Promise<UserImportCheck> {
  return (await home.browser.get(importsUrl(`/${id}`))).json<UserImportCheck>();
}

function apply(id: string) {
  return home.browser.post(importsUrl(`/${id}/apply`), { language: 'de' });
}

async function users(entityId = home.entityId): Promise<User[]> {
  const answer = await home.browser.get(`/api/entities/${entityId}/users`);
  return answer.json<{ items: User[] }>().items;
}

/** What is wrong with which line: `3 email twice`. */
async function problemsOf(...rows: Row[]): Promise<string[]> {
  const { problems } = await check(await importOf(...rows));
  return problems.map(({ line, column, problem }) => `${line} ${column} ${problem}`);
}

const grace = { name: 'Grace Hopper', email: 'grace@example.com' };

describe('an import of Users', () => {
  it('says whom it would make, changes nothing, and then makes all of them', async () => {
    const numbers = { phone: '+49 30 1234', mobile: '0170 5566', plates: 'B-GH 1906, b gh1906;HH X 1' };
    const id = await importOf(
      { ...grace, ...numbers, welcome: 'yes' },
      { name: 'Alan Turing', email: 'Alan@example.com', entity: 'mill' },
    );

    expect(await check(id)).toEqual({
      ...{ lines: 2, problemCount: 0, problems: [], newUsers: 2, knownUsers: 0, welcomes: 1 },
    });
    expect(await users()).toHaveLength(1);

    expect((await apply(id)).statusCode).toBe(200);
    const made = (await users()).find(({ name }) => name === 'Grace Hopper');
    expect(made).toMatchObject({
      ...{ ...grace, phone: '+49 30 1234', mobile: '0170 5566', plates: ['B-GH 1906', 'HH X 1'] },
      ...{ role: 'resident', status: 'active', signIn: 'none', version: 1 },
    });
    expect((await users(millId)).map(({ email }) => email)).toContain('Alan@example.com');
    const rows = await site.test.asAdmin(
      "select after from claviger.audit_entries where operation = 'user.import'",
    );
    expect(rows).toEqual([{ after: { lines: 2, newUsers: 2, knownUsers: 0, welcomes: 1 } }]);
  });

  it('makes nobody where one line is wrong, and says which column of which line', async () => {
    const id = await importOf(
      grace,
      {
        name: '',
        email: 'nowhere',
        phone: '1',
        mobile: 'call me',
        plates: 'x'.repeat(40),
        welcome: 'perhaps',
      },
      { name: 'Other Grace', email: 'GRACE@example.com' },
      { name: 'Eve', email: 'eve@example.com', entity: `MILL, ELSEWHERE` },
    );

    const { problems, problemCount, newUsers } = await check(id);
    expect([problemCount, newUsers]).toEqual([3, 1]);
    expect(problems.map(({ line, column, problem }) => `${line} ${column} ${problem}`)).toEqual([
      ...['3 name name', '3 email email', '3 phone phone', '3 mobile mobile', '3 plates plates'],
      ...['3 welcome welcome', '4 email twice', '5 entity entity_unknown'],
    ]);
    const answer = await apply(id);
    expect(answer.json<{ error: { issues: object[] } }>().error.issues[0]).toEqual({
      ...{ path: 'line.3', problem: 'name' },
    });
    expect(await users()).toHaveLength(1);
  });

  it('takes formulas for what they are: text', async () => {
    await apply(await importOf({ name: '=1+1', email: 'f@example.com', phone: '+49 30 12' }));
    expect((await users()).map(({ name }) => name)).toContain('=1+1');
  });

  it('leaves those as they are who are there just so, and refuses others with their address', async () => {
    await apply(await importOf({ ...grace, phone: '123' }));

    const same = { ...grace, email: 'Grace@Example.com', phone: '123' };
    const id = await importOf(same);
    expect(await check(id)).toMatchObject({ newUsers: 0, knownUsers: 1, problemCount: 0 });
    expect((await apply(id)).statusCode).toBe(200);
    expect(await problemsOf({ ...same, phone: '456' })).toEqual(['2 email user_exists']);
    // Just so, but not in this Entity.
    expect(await problemsOf({ ...same, entity: 'MILL' })).toEqual(['2 email user_exists']);
  });

  it('tells nothing of another Owner, and of who is elsewhere in this one what New User does', async () => {
    const other = await openHome(site.server, { email: `eve${String(persons)}@example.com` });
    await other.browser.post(`/api/entities/${other.entityId}/users`, grace);
    expect(await check(await importOf(grace))).toMatchObject({ newUsers: 1, problemCount: 0 });

    await apply(await importOf({ ...grace, entity: 'MILL' }));
    await site.test.asAdmin('delete from claviger.memberships where entity_id = $1 and user_id = $2', [
      millId,
      await ownUserId(millId),
    ]);
    expect(await problemsOf({ ...grace, entity: 'MILL' })).toEqual(['2 entity entity_unknown']);
    expect(await problemsOf(grace)).toEqual(['2 email user_exists']);
  });

  it('makes nobody anew whom the file calls deactivated', async () => {
    expect(await problemsOf({ ...grace, status: 'deactivated' })).toEqual(['2 status deactivated']);
  });

  it('is its maker’s alone, and over when it was applied or another one begun', async () => {
    const [first, second] = [await importOf(grace), await importOf(grace)];
    expect((await apply(first)).statusCode).toBe(404);

    await site.test.asAdmin('update claviger.imports set made_by = gen_random_uuid()');
    expect((await apply(second)).statusCode).toBe(404);

    const third = await importOf(grace);
    await apply(third);
    expect((await apply(third)).statusCode).toBe(404);
  });

  it('is refused as a whole where somebody takes an address in between', async () => {
    const id = await importOf(grace);
    expect((await check(id)).newUsers).toBe(1);
    await home.browser.post(`/api/entities/${home.entityId}/users`, { ...grace, name: 'Another' });

    expect((await apply(id)).json()).toMatchObject({
      error: { issues: [{ path: 'line.2', problem: 'user_exists' }] },
    });
  });

  it('that nobody applies in a day is forgotten with all its lines', async () => {
    const [old, fresh] = [await importOf(grace), millId];
    await site.test.asAdmin("update claviger.imports set created_at = now() - interval '25 hours'");
    await home.browser.post(importsUrl('', fresh), {});

    await site.server.app.timedJobs.find(({ name }) => name === 'forget_the_past')?.work();

    expect((await apply(old)).statusCode).toBe(404);
    expect(await site.test.asAdmin('select from claviger.user_import_lines')).toEqual([]);
    expect(await site.test.asAdmin('select from claviger.imports')).toHaveLength(1);
  });
});

/** The actor's own User. */
async function ownUserId(entityId: string): Promise<string> {
  const [row] = await site.test.asAdmin<{ userId: string }>(
    `select user_id as "userId" from claviger.memberships
      where entity_id = $1 and role = 'community_manager'`,
    [entityId],
  );
  return row?.userId ?? '';
}

describe('the welcome emails of an import', () => {
  function sendWelcomes(entityId = home.entityId): Promise<void> {
    return site.server.runJob('send_welcomes', { entityId });
  }

  async function mailsTo(): Promise<string[]> {
    const rows = await site.test.asAdmin<{ recipient: string }>(
      'select recipient from claviger.mails where entity_id = any($1::uuid[]) order by id',
      [[home.entityId, millId]],
    );
    return rows.map(({ recipient }) => recipient);
  }

  function waiting() {
    return site.test.asAdmin('select from claviger.wanted_welcomes where entity_id = any($1::uuid[])', [
      [home.entityId, millId],
    ]);
  }

  it('go out by the queue, to those whom the lines name, and come once', async () => {
    await apply(
      await importOf(
        { ...grace, welcome: 'ja' },
        { name: 'Alan', email: 'alan@example.com' },
        { name: 'Zoë', email: 'zoe@example.com', entity: 'MILL', welcome: 'x' },
      ),
    );
    expect(await mailsTo()).toEqual([]);

    await sendWelcomes();
    await sendWelcomes();
    await sendWelcomes(millId);

    expect(await mailsTo()).toEqual(['grace@example.com', 'zoe@example.com']);
    expect((await users()).find(({ email }) => email === grace.email)?.signIn).toBe('invited');
    expect(await waiting()).toEqual([]);
  });

  it('are a hundred at once; the others wait for their minute', async () => {
    const rows = Array.from({ length: 103 }, (_, at): Row => {
      return { name: `Person ${String(at)}`, email: `p${String(at)}@example.com`, welcome: 'yes' };
    });
    await apply(await importOf(...rows));

    await sendWelcomes();
    expect([(await mailsTo()).length, (await waiting()).length]).toEqual([100, 3]);
    await sendWelcomes();
    expect((await waiting()).length).toBe(3);
    await site.test.asAdmin("update claviger.rate_limits set full_at = full_at - interval '1 minute'");
    await sendWelcomes();
    expect((await waiting()).length).toBe(2);
    const jobs = await site.test.asAdmin<{ isLater: boolean }>(
      `select run_at > now() - interval '1 minute' as "isLater" from graphile_worker.jobs
        where key = 'send_welcomes:' || $1`,
      [home.entityId],
    );
    expect(jobs).toHaveLength(1);
  }, 60_000);

  it('are not sent for who was deactivated or invited meanwhile, nor by who may not any more', async () => {
    const welcomed = (name: string): Row => ({ name, email: `${name}@example.com`, welcome: 'yes' });
    await apply(await importOf(welcomed('gone'), welcomed('invited'), welcomed('last')));
    const idOf = async (name: string) => (await users()).find((user) => user.name === name)?.id ?? '';
    const url = `/api/entities/${home.entityId}/users`;
    await home.browser.post(`${url}/${await idOf('gone')}/deactivate`, {});
    await home.browser.post(
      `${url}/${await idOf('invited')}/welcome`,
      { language: 'en' },
      {
        'idempotency-key': crypto.randomUUID(),
      },
    );
    await sendWelcomes();
    expect(await mailsTo()).toEqual(['invited@example.com', 'last@example.com']);

    await apply(await importOf(welcomed('late')));
    await site.test.asAdmin("update claviger.memberships set role = 'resident' where entity_id = $1", [
      home.entityId,
    ]);
    await sendWelcomes();
    expect(await mailsTo()).not.toContain('late@example.com');
    expect(await waiting()).toEqual([]);
  });
});

// The last: what was planned for few rows before is slow with so many.
describe('a large import of Users', () => {
  it(
    'has 100,000 lines at most, and makes them in one go',
    async () => {
      const id = await start();
      await site.test.asAdmin(
        `insert into claviger.user_import_lines (entity_id, import_id, line, user_id, name, email, phone,
          mobile, plates, entity_codes, is_welcome, is_deactivated, problems)
        select $1, $2, n + 1, gen_random_uuid(), 'Person ' || n, 'p' || n || '@example.com', '030 ' || n, '',
          array['B-X ' || n], '{}', false, false, '{}' from generate_series(1, 100000) n`,
        [home.entityId, id],
      );
      expect((await send(id, [grace], 200_000)).json()).toMatchObject({ error: { code: 'limit_reached' } });

      const answer = await apply(id);
      expect(answer.statusCode, answer.body + site.server.logged.slice(-3).join('\n')).toBe(200);
      expect(answer.json()).toMatchObject({ newUsers: 100_000 });
      const [row] = await site.test.asAdmin<{ count: number }>(
        "select count(*)::int as count from claviger.memberships where entity_id = $1 and role = 'resident'",
        [home.entityId],
      );
      expect(row).toEqual({ count: 100_000 });
    },
    hundredThousandLimitMs,
  );
});
