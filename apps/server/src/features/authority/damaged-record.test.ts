import { beforeAll, describe, expect, it } from 'vitest';
import { countsMessage, kindNumberOf, type ActivityPage, type Key, type Why } from '@claviger/protocol';
import { makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;
let counted: { key: Key; pin: string };

async function pass(ms: number): Promise<void> {
  site.server.clock.advance(ms);
  home.box.boxClock.advance(ms);
  home.box.agent.wake();
  await home.box.talk();
}

/** Shows the PIN when the door has locked again; whether the lock opened. */
async function opens(isConnected = true): Promise<boolean> {
  site.server.clock.advance(10_000);
  home.box.boxClock.advance(10_000);
  home.box.agent.wake();
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'keypad', text: counted.pin });
  if (isConnected) await home.box.talk();
  return home.box.hardware.moves.length > before;
}

const url = (path: string): string => `/api/entities/${home.entityId}/${path}`;
const shown = async () => (await home.browser.get(url(`keys/${counted.key.id}`))).json<Key>();
const binding = async () => (await shown()).bindings[0];
const advanced = async () =>
  (await home.browser.get(url('activity?advanced=true'))).json<ActivityPage>().items;
const activity = async () => (await home.browser.get(url('activity'))).json<ActivityPage>().items;

/** What Why? says at the newest refusal, and at the Key now: decision, reason, what is suspended, uses. */
async function explained() {
  const refused = (await advanced()).find(({ type }) => type === 'key_refused');
  const atKey = `keys/${counted.key.id}/why?lockId=${home.lockId}&method=pin`;
  const answers = [`activity/${refused?.id ?? ''}/why`, atKey].map(async (path) => {
    const { answer, suspended, differs } = (await home.browser.get(url(path))).json<Why>();
    const { decision, reason, uses, checks } = answer;
    const left = checks.find(({ check }) => check === 'uses_exhausted')?.result;
    return { decision, reason, suspended, differs, uses, left };
  });
  return Promise.all(answers);
}

const heldBack = {
  ...{ decision: 'denied', reason: 'holder_suspended', suspended: 'counter' },
  ...{ differs: undefined, uses: undefined, left: 'not_tested' },
};

/** Carries everything but what gives a counter back, until nobody says more. */
async function talkWithoutCounts(): Promise<void> {
  const { app, bus } = site.server;
  await app.settle();
  for (let letter = bus.sent.shift(); letter; letter = bus.sent.shift()) {
    const isKept = kindNumberOf(letter.message) === countsMessage.number;
    if (!isKept) home.box.agent.receive(letter.channel, letter.message);
    await app.settle();
  }
}

function damage(): void {
  home.box.disk.transact((transaction) => {
    transaction.put(`key/1/${counted.key.id}`, Uint8Array.of(0xff));
  });
}

beforeAll(async () => {
  home = await openHome(site.server);
  const { key, secrets } = await makeKey(home, site.server.clock.now(), { maxUses: 3 });
  counted = { key, pin: secrets.pin ?? '' };
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
  await opens();
});

describe('a Key whose record at a door was damaged', () => {
  it('is shown as pending there, with its counters in doubt since the door has found it', async () => {
    expect((await binding())?.enforcement.state).toBe('enforced');
    damage();
    expect(await opens(false)).toBe(false);
    const since = site.server.clock.now();
    await talkWithoutCounts();

    expect((await shown()).status).toBe('active');
    expect((await binding())?.enforcement).toEqual({ state: 'pending', since, cause: 'record_damaged' });
    expect(await opens(false)).toBe(false);
    await talkWithoutCounts();
  });

  it('is explained as the door decides it, at the event and at the Key, with no uses', async () => {
    expect(await explained()).toEqual([heldBack, heldBack]);
  });

  it('has its counter back with the next hello, by nobody’s hand, and opens what is left', async () => {
    await pass(30_000);

    expect((await binding())?.enforcement.state).toBe('enforced');
    expect((await binding())?.usesSpent).toBe(1);
    const [returned] = (await activity()).filter(({ type }) => type === 'counters_returned');
    expect(returned).toMatchObject({ lockId: home.lockId, keyId: counted.key.id });
    expect(await opens()).toBe(true);
  });

  it('has it back at once where door and server talk', async () => {
    damage();
    expect(await opens()).toBe(false);
    expect((await binding())?.enforcement.state).toBe('enforced');

    expect([await opens(), await opens()]).toEqual([true, false]);
    expect((await binding())?.usesSpent).toBe(3);
  });

  it('stays held back where what would tell its uses is lost, and another Key is asked for', async () => {
    await site.test.asAdmin('update claviger.bindings set is_count_unsure = true where key_id = $1', [
      counted.key.id,
    ]);
    damage();
    expect(await opens()).toBe(false);
    await pass(60_000);

    expect((await binding())?.enforcement).toMatchObject({ state: 'pending', cause: 'counter_unknown' });
    expect(await opens()).toBe(false);
    expect(await explained()).toEqual([heldBack, heldBack]);
  });
});
