import type { AuditEntry, AuditPage, AuditPeople, Key } from '@claviger/protocol';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { testSecret } from '../../../test/database-server.ts';
import { editLock, makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import {
  checkpointSignerOf,
  eraseSubject,
  openAudit,
  readCheckpointFile,
} from '../../platform/audit/index.ts';
import { newIdentifier } from '../../platform/database/index.ts';
import { peopleLimit } from './store.ts';

const site = serverOfThisFile();
let home: TestHome;
let foreign: TestHome;
let guest: Key;

beforeAll(async () => {
  home = await openHome(site.server);
  foreign = await openHome(site.server, { email: 'eve@example.com' });
  await editLock(home, { name: 'Cellar' });
  const { key } = await makeKey(home, site.server.clock.now(), { email: 'grace@example.com' });
  guest = key;
  for (let time = 0; time < 3; time += 1) await open();
  site.server.clock.advance(61_000);
  for (const job of site.server.app.timedJobs) if (job.name === 'write_audit_repeats') await job.work();
  // Somebody else has acted in this Entity too.
  await plantAct({ name: 'Grace Hopper', operation: 'key.delete' });
});

const url = (): string => `/api/entities/${home.entityId}/audit`;

function open() {
  const address = `/api/entities/${home.entityId}/locks/${home.lockId}/open`;
  return home.browser.post(address, {}, { 'idempotency-key': newIdentifier() });
}

async function list(query = ''): Promise<AuditEntry[]> {
  const answer = await home.browser.get(`${url()}?${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<AuditPage>().items;
}

const operationsOf = (entries: readonly AuditEntry[]): string[] => entries.map(({ operation }) => operation);

/** An act of another User of this name, planted as the server would have added it. */
async function plantAct({ name, operation }: { name: string; operation: string }): Promise<string> {
  const [userId, accountId] = [newIdentifier(), newIdentifier()];
  await site.test.asAdmin(
    `insert into claviger.users (id, owner_id, account_id, name, email)
      select $1, owner_id, $2, $3, $5 from claviger.entities where id = $4`,
    [userId, accountId, name, home.entityId, `${userId}@example.com`],
  );
  await site.test.asAdmin(
    `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
      select id, $1, owner_id, $2, 'resident' from claviger.entities where id = $3`,
    [userId, accountId, home.entityId],
  );
  const { entityId } = home;
  await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
    auditOf().add(tx, { scope: 'entity', entityId, userId, accountId, operation, outcome: 'done' }),
  );
  return userId;
}

function auditOf() {
  return openAudit({ installationSecret: testSecret, now: () => site.server.clock.now() });
}

async function asRole<Result>(role: string, work: () => Promise<Result>): Promise<Result> {
  const set = (to: string) =>
    site.test.asAdmin(
      `update claviger.memberships m set role = $1 from claviger.users u
        where u.id = m.user_id and m.entity_id = $2 and u.email = 'ada@example.com'`,
      [to, home.entityId],
    );
  await set(role);
  try {
    return await work();
  } finally {
    await set('community_manager');
  }
}

describe('Logs → Audit', () => {
  it('shows what was done and refused, newest first, with who and from where', async () => {
    const entries = await list();

    expect(operationsOf(entries)).toEqual([
      'key.delete',
      'lock.open',
      'lock.open',
      'lock.open',
      'key.create',
      'lock.update',
      'registration.register',
    ]);
    expect(entries.map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(entries[3]).toMatchObject({
      outcome: 'done',
      name: 'ada',
      address: '127.0.0.1',
      objectName: 'Cellar',
    });
    const refused = { outcome: 'refused', code: 'cooldown', objectId: home.lockId };
    expect(entries[2]).toMatchObject({ ...refused, count: 1 });
    expect(entries[1]).toMatchObject({ ...refused, count: 1, firstAt: expect.any(Number) as unknown });
  });

  it('shows before and after, and what tells of the holder of a Key, as they were', async () => {
    const [created] = await list('operation=key.create');
    expect(created?.after).toMatchObject({ holder: 'Grace', email: 'grace@example.com' });
    const [updated] = await list('operation=lock.update');
    expect([updated?.before?.['name'], updated?.after?.['name']]).toEqual([expect.any(String), 'Cellar']);
  });

  it.each<[string, () => string, readonly string[]]>([
    ['operation', () => 'operation=key.create', ['key.create']],
    ['outcome', () => 'outcome=refused', ['lock.open', 'lock.open']],
    ['lock', () => `lockId=${home.lockId}&operation=lock.update`, ['lock.update']],
    ['object', () => `objectId=${guest.id}`, ['key.create']],
    ['a name', () => 'search=hopper', ['key.delete']],
    ['part of an operation', () => 'search=KEY.', ['key.delete', 'key.create']],
    ['part of a code', () => 'search=cooldown', ['lock.open', 'lock.open']],
    [
      'what operations are called',
      () => 'search=gut&alsoOperations=key.create,lock.update',
      ['key.create', 'lock.update'],
    ],
    ['a text that only looks like a pattern', () => 'search=%25', []],
    ['dates', () => 'until=1', []],
  ])('is filtered by %s', async (_what, query, expected) => {
    expect(operationsOf(await list(query()))).toEqual(expected);
  });

  it('is filtered by who acted, and by the identifier of a request', async () => {
    const { items } = (await home.browser.get(`${url()}/people`)).json<AuditPeople>();
    expect(items.map(({ name }) => name)).toEqual(['ada', 'Grace Hopper']);
    expect(operationsOf(await list(`userId=${items[1]?.userId ?? ''}`))).toEqual(['key.delete']);

    const [entry] = await list('operation=key.create');
    expect(operationsOf(await list(`requestId=${entry?.requestId ?? ''}`))).toEqual(['key.create']);
  });

  it.each(['time', 'operation', 'outcome'])(
    'sorted by %s goes on page by page, in both directions',
    async (sort) => {
      const whole = await list(`sort=${sort}&order=asc`);
      for (const order of ['asc', 'desc']) {
        const pages: AuditPage[] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)?.next) {
          const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
          pages.push(
            (await home.browser.get(`${url()}?sort=${sort}&order=${order}&limit=2${from}`)).json<AuditPage>(),
          );
        }
        const seen = pages.flatMap(({ items }) => items);
        expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 2, 1]);
        expect(order === 'asc' ? seen : seen.reverse()).toEqual(whole);
      }
      const sorted = { time: 'sequence', operation: 'operation', outcome: 'outcome' }[sort] as 'operation';
      const values = whole.map((entry) => entry[sorted]);
      expect(values).toEqual([...values].sort());
    },
  );

  it.each([
    'cursor=nonsense',
    ...['["",9007199254740991,1]', '["",-9007199254740991,1]', '["\\u0000",1,1]'].map(
      (text) => `cursor=${Buffer.from(text).toString('base64url')}`,
    ),
    'operation=anything',
    'limit=0',
    'userId=1',
    'sort=hash',
    'alsoOperations=x',
    'unknown=1',
  ])('refuses %s with its path', async (query) => {
    const [name] = query.split('=');
    expect((await home.browser.get(`${url()}?${query}`)).json()).toMatchObject({
      error: {
        code: 'invalid_input',
        issues: [{ path: expect.stringMatching(`^query.${name}`) as unknown }],
      },
    });
  });

  it('names what a call made by its own kind', async () => {
    const [entry] = await list('operation=key.create');
    expect([entry?.objectType, entry?.objectId]).toEqual(['key', guest.id]);
  });

  it('tells a Local Admin of own acts alone, in the list, of whom, and in the CSV', async () => {
    await asRole('local_admin', async () => {
      expect(new Set((await list()).map(({ name }) => name))).toEqual(new Set(['ada']));
      expect(await list('search=hopper')).toEqual([]);
      const { items } = (await home.browser.get(`${url()}/people`)).json<AuditPeople>();
      expect(items.map(({ name }) => name)).toEqual(['ada']);
      expect((await home.browser.get(`${url()}.csv`)).body).not.toContain('Hopper');
    });
  });

  it.each(['installer', 'resident'])('is closed to %s', async (role) => {
    await asRole(role, async () => {
      for (const end of ['', '/people', '.csv']) {
        expect((await home.browser.get(url() + end)).statusCode).toBe(403);
      }
      expect((await home.browser.post(`${url()}/checkpoints`, {})).statusCode).toBe(403);
    });
  });

  it('of another Entity is not there', async () => {
    for (const end of ['', '/people', '.csv']) {
      expect((await foreign.browser.get(url() + end)).statusCode).toBe(404);
    }
    expect((await foreign.browser.post(`${url()}/checkpoints`, {})).statusCode).toBe(404);
  });

  it('says of an erased person that it was erased, and keeps the rest', async () => {
    const { entityId } = home;
    const userId = await plantAct({ name: 'Gone Person', operation: 'lock.claim_again' });
    expect(operationsOf(await list('search=gone person'))).toEqual(['lock.claim_again']);
    await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
      eraseSubject(tx, { entityId, subjectId: userId }),
    );

    const [entry] = await list('operation=lock.claim_again');
    expect(entry).toMatchObject({ userId, isActorErased: true, outcome: 'done' });
    expect(entry).not.toHaveProperty('name');
    expect(await list('search=gone person')).toEqual([]);
  });
});

describe('the people of the Audit', () => {
  it('are those who acted last, where there are more than a filter can offer', async () => {
    const busy = await openHome(site.server, { email: 'busy@example.com' });
    const { entityId } = busy;
    const actors = Array.from({ length: peopleLimit + 1 }, newIdentifier);
    await site.test.database.transact({ kind: 'entity', entityId }, async (tx) => {
      const act = { scope: 'entity', entityId, operation: 'key.delete', outcome: 'done' } as const;
      for (const userId of [...actors, actors[0] ?? '']) await auditOf().add(tx, { ...act, userId });
    });

    const { items } = (await busy.browser.get(`/api/entities/${entityId}/audit/people`)).json<AuditPeople>();

    const offered = new Set(items.map(({ userId }) => userId));
    expect(offered.size).toBe(peopleLimit);
    expect(actors.filter((userId) => !offered.has(userId))).toEqual([actors[1]]);
  });
});

describe('Export CSV of the Audit', () => {
  it('has the entries of the same filters, under headings in the wanted language', async () => {
    const answer = await home.browser.get(`${url()}.csv?operation=key.create&language=de`);

    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/filename="audit-HOME_\w+-\d{4}-\d\d-\d\d\.csv"/);
    expect(answer.body.startsWith('\uFEFFNr.,Zeitpunkt,')).toBe(true);
    const { data } = Papa.parse<Record<string, string>>(answer.body.trim(), { header: true });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ Vorgang: 'key.create', Benutzer: 'ada', 'Objekt-ID': guest.id });
  });

  it('does not let a name become a formula', async () => {
    await plantAct({ name: '=HYPERLINK("http://evil")', operation: 'sign_out' });

    const { body } = await home.browser.get(`${url()}.csv?operation=sign_out`);
    expect(body).toContain('"\'=HYPERLINK(""http://evil"")"');
  });

  it('is in the Audit itself, without what was searched for', async () => {
    await home.browser.get(`${url()}.csv?search=Hopper&outcome=done`);

    const [entry] = await list('operation=audit.export');
    expect(entry?.after).toEqual({ filter: { outcome: 'done', isSearched: true } });
  });
});

describe('Download checkpoint', () => {
  it("is the signed end of the Entity's own chain, and stands in it", async () => {
    const answer = await home.browser.post(`${url()}/checkpoints`, {});

    expect(answer.statusCode).toBe(201);
    const { heads } = readCheckpointFile(answer.body, checkpointSignerOf(testSecret));
    const [newest] = await list('limit=1');
    expect(newest?.operation).toBe('audit.checkpoint');
    expect(heads.map(({ chain, sequence }) => [chain, sequence])).toEqual([
      [home.entityId, newest?.sequence],
    ]);
    expect(answer.body).not.toContain(foreign.entityId);
  });

  it('is not made by looking at its address', async () => {
    const count = 'select count(*)::int from claviger.audit_checkpoints';
    const [before] = await site.test.asAdmin(count);

    expect((await home.browser.get(`${url()}/checkpoints`)).statusCode).toBe(405);
    expect(await site.test.asAdmin(count)).toEqual([before]);
  });
});
