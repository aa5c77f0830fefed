import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityEvent, ActivityPage, Dashboard, Lock } from '@claviger/protocol';
import Papa from 'papaparse';
import {
  ada,
  claimBox,
  newLabel,
  registerWith,
  serverOfThisFile,
  type ClaimedBox,
} from '../../../test/test-app.ts';
import type { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
let browser: TestBrowser;
let box: ClaimedBox;
let home: { entityId: string; lockId: string };

beforeAll(async () => {
  const label = newLabel();
  await site.server.addStock(label);
  const registered = await registerWith(site.server, label);
  ({ browser } = registered);
  home = registered;
  box = await claimBox(site.server, label);
  await browser.post(`${url()}/locks/${home.lockId}/open`, {}, { 'idempotency-key': crypto.randomUUID() });
  await box.talk();
  for (const input of [
    { type: 'contact', isOpen: true },
    { type: 'contact', isOpen: false },
    { type: 'exit' },
  ] as const) {
    box.boxClock.advance(1_000);
    site.server.clock.advance(1_000);
    box.agent.input(1, input);
    await box.talk();
  }
});

const url = (): string => `/api/entities/${home.entityId}`;

async function entity(): Promise<{ code: string }> {
  const [found] = await site.test.asAdmin<{ code: string }>(
    'select code from claviger.entities where id = $1',
    [home.entityId],
  );
  if (!found) throw new Error('the Entity was registered');
  return found;
}

async function list(query: string): Promise<ActivityEvent[]> {
  return (await browser.get(`${url()}/activity?${query}`)).json<ActivityPage>().items;
}

describe('Activity', () => {
  it('shows what is routine, newest first, with the person who opened', async () => {
    const events = await list('');

    expect(events.map(({ type, person }) => [type, person])).toEqual([
      ['lock_unlocked', 'ada'],
      ['key_accepted', 'ada'],
    ]);
  });

  it('shows everything that the door has logged when Advanced is on, each event once', async () => {
    const events = await list('advanced=true');

    expect(events.map(({ type }) => type)).toEqual([
      'exit_requested',
      'lock_relocked',
      'door_closed',
      'door_opened',
      'lock_unlocked',
      'key_accepted',
      'link_restored',
      'device_started',
    ]);
  });

  it('is filtered by lock, event type and dates', async () => {
    const [opened] = await list('type=door_opened');
    const at = opened?.at ?? 0;

    expect(await list(`advanced=true&lockId=${crypto.randomUUID()}`)).toEqual([]);
    expect((await list(`advanced=true&lockId=${home.lockId}`)).length).toBe(8);
    expect((await list(`advanced=true&from=${at}&until=${at + 1}`)).map(({ type }) => type)).toEqual([
      'door_opened',
    ]);
    expect(await list(`advanced=true&until=${at - 60_000}`)).toEqual([]);
  });

  it('is filtered by where the lock is', async () => {
    await site.test.asAdmin("update claviger.locks set location = 'Cellar & garden' where id = $1", [
      home.lockId,
    ]);
    const at = (location: string) => list(`advanced=true&location=${encodeURIComponent(location)}`);

    expect((await at('Cellar & garden')).length).toBe(8);
    expect(await at('Attic')).toEqual([]);
    expect(
      (await browser.get(`${url()}/activity.csv?location=Attic`)).body.trim().split('\r\n'),
    ).toHaveLength(1);
  });

  it('goes on page by page without repeating or leaving out an event', async () => {
    const pages: ActivityPage[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)?.next) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      pages.push((await browser.get(`${url()}/activity?advanced=true&limit=3${from}`)).json<ActivityPage>());
    }
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));

    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 2]);
    expect(ids).toEqual((await list('advanced=true')).map(({ id }) => id));
  });

  const madeUp = [
    '[1,2]',
    '{}',
    ...[-1, 1].map((sign) => `[${sign * Number.MAX_SAFE_INTEGER},"${crypto.randomUUID()}",1,1]`),
  ];
  it.each(['nonsense', ...madeUp.map((text) => Buffer.from(text).toString('base64url'))])(
    'refuses the made-up cursor %s',
    async (cursor) => {
      const answer = await browser.get(`${url()}/activity?cursor=${cursor}`);

      expect(answer.json()).toMatchObject({
        error: { code: 'invalid_input', issues: [{ path: 'query.cursor' }] },
      });
    },
  );

  it.each([
    'type=anything',
    'limit=0',
    'limit=101',
    'lockId=1',
    'location=',
    'from=yesterday',
    'from=9007199254740991',
    'until=253402300800000',
    'unknown=1',
  ])('refuses the filter %s with its path', async (query) => {
    const answer = await browser.get(`${url()}/activity?${query}`);

    const [name] = query.split('=');
    expect(answer.json()).toMatchObject({
      error: { code: 'invalid_input', issues: [{ path: `query.${name}` }] },
    });
  });

  it('keeps the name that a lock had, in the list and in the CSV, when somebody renames it', async () => {
    const lockUrl = `${url()}/locks/${home.lockId}`;
    const { name, version } = (await browser.get(lockUrl)).json<Lock>();
    const told = await list('advanced=true');

    await browser.request('PATCH', lockUrl, { name: 'Cellar', version });
    box.boxClock.advance(1_000);
    box.agent.input(1, { type: 'exit' });
    await box.talk();

    const [newest, ...older] = await list('advanced=true');
    expect(newest?.lockName).toBe('Cellar');
    expect(older).toEqual(told);
    expect((await browser.get(`${url()}/activity.csv?type=door_opened`)).body).toContain(`,${name},`);
    await browser.request('PATCH', lockUrl, { name, version: version + 1 });
  });

  it('keeps the name that a person had who acted', async () => {
    const rename = (name: string) =>
      site.test.asAdmin('update claviger.users set name = $1 where email = $2', [name, ada.email]);
    await rename('Ada Lovelace');

    expect((await list('type=key_accepted')).map(({ person }) => person)).toEqual(['ada']);
    await rename('ada');
  });

  it('of another Entity is not there', async () => {
    const label = newLabel();
    await site.server.addStock(label);
    const eve = await registerWith(site.server, label, { ...ada, email: 'eve@example.com' });

    const answer = await eve.browser.get(`${url()}/activity?advanced=true`);

    expect(answer.statusCode).toBe(404);
    expect((await eve.browser.get(`/api/entities/${eve.entityId}/activity?advanced=true`)).json()).toEqual({
      items: [],
    });
  });
});

describe('Export CSV', () => {
  it('has the events of the same filters', async () => {
    const answer = await browser.get(`${url()}/activity.csv?type=door_opened`);

    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const { code } = await entity();
    const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format();
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="activity-${code}-${day}.csv"`);
    expect(answer.body.trim().split('\r\n')).toHaveLength(2);
    expect(answer.body).toContain('door_opened');
  });

  it('begins with what tells a spreadsheet its encoding, and headings in the wanted language', async () => {
    const headOf = async (query: string) => {
      const { body } = await browser.get(`${url()}/activity.csv?${query}`);
      expect(body.startsWith('\uFEFF')).toBe(true);
      return body.slice(1).split('\r\n')[0];
    };

    expect(await headOf('')).toBe(
      'Time,Lock,Location,Event,Method,Person,Key UUID,Reason,Detail,Received,Event ID,' +
        'Second factor,Static picture',
    );
    expect(await headOf('language=de')).toContain('Zeit,Schloss,Ort,Ereignis');
    expect(await headOf('language=zh')).toContain('时间,门锁,位置,事件');
    expect((await browser.get(`${url()}/activity.csv?language=xx`)).statusCode).toBe(400);
  });

  it('says where the lock is and which Key it was', async () => {
    const keyId = crypto.randomUUID();
    await site.test.asAdmin("update claviger.locks set location = 'Cellar & garden' where id = $1", [
      home.lockId,
    ]);
    await site.test.asAdmin("update claviger.activity_events set key_id = $1 where type = 'key_accepted'", [
      keyId,
    ]);

    const { body } = await browser.get(`${url()}/activity.csv?type=key_accepted`);

    expect(Papa.parse<string[]>(body.trim()).data[1]).toMatchObject({ 2: 'Cellar & garden', 6: keyId });
  });

  it('has at its end with which second factor a lock opened, and that a picture was static', async () => {
    await site.test.asAdmin(
      `update claviger.activity_events set method = 'qr', is_static = true, second_method = 'pin'
        where type = 'key_accepted'`,
    );

    const rowOf = async (type: string) => {
      const { body } = await browser.get(`${url()}/activity.csv?type=${type}`);
      return Papa.parse<string[]>(body.trim()).data[1]?.slice(11);
    };

    expect([await rowOf('key_accepted'), await rowOf('door_opened')]).toEqual([
      ['pin', 'true'],
      ['', ''],
    ]);
  });

  it.each(['=HYPERLINK("http://evil")', '+1+1', '-2', '@SUM(A1)'])(
    'does not let the name %s become a formula',
    async (name) => {
      await site.test.asAdmin('update claviger.activity_events set lock_name = $1 where lock_id = $2', [
        name,
        home.lockId,
      ]);

      const { body } = await browser.get(`${url()}/activity.csv?type=door_opened`);

      expect(body).toContain(`'${name.replaceAll('"', '""')}`);
    },
  );

  it('is written into the Audit', async () => {
    await browser.get(`${url()}/activity.csv`);

    const rows = await site.test.asAdmin<{ outcome: string }>(
      `select outcome from claviger.audit_entries where operation = 'activity.export'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('the Dashboard', () => {
  it("counts locks, and what was unlocked today by the hour of the Entity's day", async () => {
    const dashboard = (await browser.get(`${url()}/dashboard`)).json<Dashboard>();
    const hour = Number(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Berlin' }).format(
        box.boxClock.wall(),
      ),
    );

    expect(dashboard.locks).toEqual({ total: 1, active: 1, online: 1 });
    expect(dashboard.unlockedToday).toBe(1);
    expect(dashboard.unlockedByHour[hour]).toBe(1);
    expect(dashboard.refusalsToday).toBe(0);
  });

  it('counts as many refusals as a door has gathered, which nobody can ask why of', async () => {
    for (let time = 0; time < 46; time += 1) box.agent.present(1, { reader: 'keypad', text: '731946' });
    box.boxClock.advance(60_000);
    site.server.clock.advance(60_000);
    box.agent.wake();
    await box.talk();
    const [gathered, ...others] = await list('advanced=true&type=refusals_gathered');
    const dashboard = (await browser.get(`${url()}/dashboard`)).json<Dashboard>();

    expect(others).toEqual([]);
    expect(gathered?.detail).toMatch(/^refused_from 10 \d+ \d+$/);
    expect(gathered).not.toHaveProperty('reason');
    expect(dashboard.refusalsToday).toBe(46);
    expect((await browser.get(`${url()}/activity/${gathered?.id}/why`)).statusCode).toBe(404);
  });
});
