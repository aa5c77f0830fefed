import type { ActivityPage, Key, Why } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  askForKey,
  editLock,
  guestKey,
  makeKey,
  openHome,
  wallMinuteAt,
  type TestHome,
} from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;
let bare: TestHome;
let count = 0;

beforeAll(async () => {
  home = await openHome(site.server);
  bare = await openHome(site.server, { model: 'virtual-lock', email: 'bare@example.com' });
  await editLock(home, { takesCardNumbers: true });
  await sync();
});

const now = (): number => site.server.clock.now();
const urlOf = (key: Pick<Key, 'id'>): string => `/api/entities/${home.entityId}/keys/${key.id}`;
const shown = async (key: Pick<Key, 'id'>) => (await home.browser.get(urlOf(key))).json<Key>();

/** A number of four bytes that no other test uses. */
function newCard(): string {
  count += 1;
  return (0x9a_00_00_00 + count).toString(16).toUpperCase();
}

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

function pass(ms: number): void {
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(ms);
  home.box.agent.wake();
}

/** Whether the lock opened for a card with this number at its reader. */
function isOpenedBy(number: string): boolean {
  pass(10_000);
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'card_reader', text: number });
  return home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
}

async function update(key: Pick<Key, 'id'>, change: object, hours = 48) {
  const { version } = await shown(key);
  const span = { validFrom: wallMinuteAt(now(), -1), validUntil: wallMinuteAt(now(), hours) };
  const answer = await home.browser.request('PATCH', urlOf(key), { ...span, version, ...change });
  await sync();
  return answer;
}

function issuesOf(answer: { json: () => { error: { issues?: { path: string; problem: string }[] } } }) {
  return answer.json().error.issues?.map(({ path, problem }) => `${path} ${problem}`);
}

async function newestEvent() {
  await home.box.talk();
  const url = `/api/entities/${home.entityId}/activity`;
  const { items } = (await home.browser.get(`${url}?advanced=true`)).json<ActivityPage>();
  const [event] = items.filter(({ type }) => type === 'key_accepted' || type === 'key_refused');
  const why = (await home.browser.get(`${url}/${event?.id ?? ''}/why`)).json<Why>();
  return [event?.type, event?.method, event?.reason, why.answer.reason, why.differs];
}

describe('the RF card number of a guest Key', () => {
  it('opens at the card reader, is shown by its end alone, and counts like every credential', async () => {
    const { key } = await makeKey(home, now(), { card: '04:5e:2a:91:c7:3b:80', maxUses: 2 });
    await sync();

    expect(key.card).toEqual({ ending: '3B80', givenAt: now() });
    expect(isOpenedBy('045E2A91C73B80')).toBe(true);
    expect(await newestEvent()).toEqual(['key_accepted', 'card', 'granted', 'granted', undefined]);
    expect([isOpenedBy('045E2A91C73B80'), isOpenedBy('045E2A91C73B80')]).toEqual([true, false]);
  });

  it('in decimal is the card whose reader tells the same bytes', async () => {
    await makeKey(home, now(), { card: '0005384932' });
    await sync();

    expect(isOpenedBy('00522AE4')).toBe(true);
  });

  it.each([
    ['nothing', ' - ', 'card_number_empty'],
    ['too much', '00'.repeat(11), 'card_number_too_long'],
    ['far too much', '0'.repeat(101), 'card_number_too_long'],
    ['another form', '12345', 'card_number_form'],
    ['what no card has', 'FFFFFFFF', 'card_number_blank'],
  ])('is refused beside its field when it is %s', async (_what, card, problem) => {
    expect(issuesOf(await askForKey(home, guestKey(home, now(), { card })))).toEqual([
      `body.card ${problem}`,
    ]);
  });

  it('is refused at a lock without a card reader', async () => {
    const answer = await askForKey(bare, guestKey(bare, now(), { card: newCard() }));

    expect(issuesOf(answer)).toEqual(['body.card no_card_reader']);
  });

  it('that a living Key has at this lock is refused without a word of whose it is', async () => {
    const card = newCard();
    const { key } = await makeKey(home, now(), { card, name: 'Somebody Else' });
    const other = (await makeKey(home, now())).key;

    const answers = [await askForKey(home, guestKey(home, now(), { card })), await update(other, { card })];

    expect(answers.map(issuesOf)).toEqual([['body.card card_in_use'], ['body.card card_in_use']]);
    expect(answers.map(({ body }) => body).join()).not.toMatch(new RegExp(`Somebody|${key.id}`));
    expect((await update(key, { card })).statusCode).toBe(200);
    const elsewhere = await openHome(site.server, { email: 'elsewhere@example.com' });
    await editLock(elsewhere, { takesCardNumbers: true });
    expect((await makeKey(elsewhere, now(), { card })).key.card?.ending).toBe(card.slice(-4));
  });

  it('is replaced and taken away by Update, and the door says why the old card stays shut', async () => {
    const [first, second] = [newCard(), newCard()];
    const { key } = await makeKey(home, now(), { card: first });
    await sync();
    const opened = [isOpenedBy(first)];

    await update(key, { card: second });
    opened.push(isOpenedBy(first));
    const told = await newestEvent();
    opened.push(isOpenedBy(second));
    await update(key, { card: null });
    opened.push(isOpenedBy(second));

    expect(opened).toEqual([true, false, true, false]);
    expect(told).toEqual(['key_refused', 'card', 'revoked', 'revoked', undefined]);
    expect(await shown(key)).not.toHaveProperty('card');
    expect((await update(key, { card: first })).json<Key>().card?.ending).toBe(first.slice(-4));
    expect(isOpenedBy(first)).toBe(true);
  });

  it('is free for the next guest at once when its Key is deleted, and shown to nobody any more', async () => {
    const card = newCard();
    const { key } = await makeKey(home, now(), { card });
    await sync();
    const ended = (await home.browser.request('DELETE', urlOf(key))).json<Key>();
    await sync();
    const shut = isOpenedBy(card);
    const told = await newestEvent();

    await makeKey(home, now(), { card });
    await sync();

    expect([ended.card, shut, told[2]]).toEqual([undefined, false, 'revoked']);
    expect(isOpenedBy(card)).toBe(true);
  });

  it('goes over to another Key when its own has expired, which comes back without it', async () => {
    const [kept, lent] = [newCard(), newCard()];
    const until = { validUntil: wallMinuteAt(now(), 2) };
    const keeper = (await makeKey(home, now(), { card: kept, ...until })).key;
    const lender = (await makeKey(home, now(), { card: lent, ...until })).key;
    pass(3 * 3_600_000);
    home.box.agent.linkUp();
    await home.box.talk();
    await makeKey(home, now(), { card: lent, name: 'Next' });

    const back = [await update(keeper, {}), await update(lender, {})].map((answer) => answer.json<Key>());

    expect(back.map(({ status, card }) => [status, card?.ending])).toEqual([
      ['active', kept.slice(-4)],
      ['active', undefined],
    ]);
    expect([isOpenedBy(kept), isOpenedBy(lent)]).toEqual([true, true]);
    expect(issuesOf(await update(lender, { card: lent }))).toEqual(['body.card card_in_use']);
  });

  it('lies nowhere readable', async () => {
    const card = newCard();
    const { key } = await makeKey(home, now(), { card });
    const kept = await site.test.asAdmin<{ everything: string }>(
      `select (select json_agg(i) from claviger.idempotency_keys i)::text ||
        (select json_agg(a) from claviger.audit_entries a)::text ||
        (select json_agg(c) from claviger.credentials c)::text ||
        (select json_agg(v) from claviger.card_values v)::text as everything`,
    );

    expect(kept[0]?.everything).toContain(key.id);
    expect(kept[0]?.everything.toUpperCase()).not.toContain(card);
    expect(site.server.logged.join().toUpperCase()).not.toContain(card);
  });
});
