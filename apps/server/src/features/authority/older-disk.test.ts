import { beforeAll, describe, expect, it } from 'vitest';
import { kindNumberOf, recoveryMessage, type ActivityPage, type Key, type Lock } from '@claviger/protocol';
import type { VirtualDisk } from '@claviger/sim';
import { makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;
let image: VirtualDisk;
let counted: { key: Key; pin: string };
let revoked: { key: Key; pin: string };

/** What a change has queued is done, and both sides say what they have to say. */
async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

async function pass(ms: number): Promise<void> {
  site.server.clock.advance(ms);
  home.box.boxClock.advance(ms);
  home.box.agent.wake();
  await home.box.talk();
}

/** Shows a PIN when the door has locked again; whether the lock opened. */
async function opens({ pin }: { readonly pin: string }): Promise<boolean> {
  await pass(10_000);
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'keypad', text: pin });
  await home.box.talk();
  return home.box.hardware.moves.length > before;
}

async function make(more: object): Promise<{ key: Key; pin: string }> {
  const { key, secrets } = await makeKey(home, site.server.clock.now(), more);
  return { key, pin: secrets.pin ?? '' };
}

const url = (path: string): string => `/api/entities/${home.entityId}/${path}`;
const lock = async () => (await home.browser.get(url(`locks/${home.lockId}`))).json<Lock>();
const bindingOf = async ({ id }: Key) => (await home.browser.get(url(`keys/${id}`))).json<Key>().bindings[0];
const routine = async () => (await home.browser.get(url('activity'))).json<ActivityPage>().items;

/** Carries everything but what gives the counters back, until nobody says more. */
async function talkWithoutRecovery(): Promise<void> {
  const { app, bus } = site.server;
  await app.settle();
  for (let letter = bus.sent.shift(); letter; letter = bus.sent.shift()) {
    const isKept = kindNumberOf(letter.message) === recoveryMessage.number;
    if (!isKept) home.box.agent.receive(letter.channel, letter.message);
    await app.settle();
  }
}

beforeAll(async () => {
  home = await openHome(site.server);
  counted = await make({ maxUses: 3 });
  revoked = await make({});
  await sync();
  await opens(counted);
  await pass(10_000);
  image = home.box.disk.image();
  await home.browser.request('DELETE', url(`keys/${revoked.key.id}`));
  await sync();
  await opens(counted);
  for (const ms of [10_000, 3_600_000]) await pass(ms);
});

describe('an older disk that was put into a door', () => {
  let wasEnforced: string | undefined;
  let removedAt: number;

  it('lets no guest in until the server has told it the time', async () => {
    wasEnforced = (await bindingOf(revoked.key))?.enforcement.state;
    removedAt = site.server.clock.now();
    home.box.reboot(image.image());

    expect([await opens(counted), await opens(revoked)]).toEqual([false, false]);
  });

  it('is shown at its lock with cause and since when, and held back at its counted Keys', async () => {
    expect((await lock()).olderDisk).toBeUndefined();
    home.box.agent.linkUp();
    await talkWithoutRecovery();

    const since = site.server.clock.now();
    expect((await lock()).olderDisk).toEqual({ since, cause: 'other_history' });
    expect((await bindingOf(counted.key))?.enforcement).toEqual({
      state: 'pending',
      since,
      cause: 'counters_in_doubt',
    });
  });

  it('stands in Activity as an alarm, with the time of which nothing is known', async () => {
    const events = await routine();
    const of = (wanted: string) => events.filter(({ type }) => type === wanted);

    expect(of('older_disk')).toMatchObject([{ logEpoch: 0, lockId: home.lockId, detail: 'other_history' }]);
    const [told] = of('events_unknown');
    expect(of('events_unknown')).toHaveLength(1);
    expect(told?.unknownSince).toBeLessThan(removedAt);
    expect(told?.at).toBe(removedAt);
  });

  it('has its counters and its list back by itself, and a deletion enforced before is so again', async () => {
    await pass(30_000);

    expect((await lock()).olderDisk).toBeUndefined();
    expect((await bindingOf(counted.key))?.usesSpent).toBe(2);
    expect([await opens(revoked), await opens(counted), await opens(counted)]).toEqual([false, true, false]);
    expect((await bindingOf(counted.key))?.enforcement.state).toBe('enforced');
    expect([wasEnforced, (await bindingOf(revoked.key))?.enforcement.state]).toEqual([
      'enforced',
      'enforced',
    ]);
    expect((await routine()).map(({ type }) => type)).toContain('counters_returned');
  });

  it('has lost no event: each that either disk told is stored once', async () => {
    const rows = await site.test.asAdmin<{ log_epoch: number; count: number; distinct: number }>(
      `select log_epoch::int, count(*)::int, count(distinct hash)::int as distinct
        from claviger.activity_events where type = 'key_accepted' group by log_epoch order by log_epoch`,
    );

    expect(rows).toEqual([
      { log_epoch: 1, count: 2, distinct: 2 },
      { log_epoch: 2, count: 1, distinct: 1 },
    ]);
  });

  it('no longer shows a deletion as enforced while it decides by a list from before it', async () => {
    home.box.agent.linkDown();
    await pass(1_000);
    home.box.reboot(image);
    const at = site.server.clock.now();
    home.box.agent.linkUp();
    const { app, bus } = site.server;
    await app.settle();
    // The time lets the older disk say a hello that is believed; the list that it answers with is held up.
    for (let letter = bus.sent.shift(); letter; letter = bus.sent.shift()) {
      if (kindNumberOf(letter.message) === 2) home.box.agent.receive(letter.channel, letter.message);
      await app.settle();
    }
    expect((await bindingOf(revoked.key))?.enforcement.state).toBe('pending');

    await pass(30_000);
    await pass(30_000);

    const enforced = (await bindingOf(revoked.key))?.enforcement;
    expect(enforced?.state).toBe('enforced');
    expect(enforced?.since).toBeGreaterThanOrEqual(at);
    expect((await lock()).olderDisk).toBeUndefined();
  });
});
