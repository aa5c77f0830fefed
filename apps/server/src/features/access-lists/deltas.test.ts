import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessList } from '@claviger/domain';
import {
  areEqual,
  decodeChangedList,
  helloMessage,
  keyIdLength,
  kindNumberOf,
  linkLookup,
  listDeltaMessage,
  listHeadMessage,
  listPieceMessage,
  namedRoot,
  openMessage,
  rootAfter,
  sealMessage,
  toldRoot,
  uuidBytes,
  type HelloMessage,
  type Key,
  type ListDelta,
} from '@claviger/protocol';
import { seededKey } from '@claviger/sim';
import { editLock, makeKey, openHome, wallMinuteAt, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { findDecidingList } from './deciding-list.ts';

const site = serverOfThisFile();
let home: TestHome;
let hellos = 1_000;

const sha256 = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(bytes).digest());

/** What the door holds: it takes what the bus brings, as a door does. */
interface Shelf {
  whole: Uint8Array;
  root: Uint8Array;
  deltas: ListDelta[];
}
const shelf: Shelf = { whole: new Uint8Array(), root: new Uint8Array(32), deltas: [] };
const held = (): AccessList => decodeChangedList(shelf.whole, shelf.deltas);

function takeSent(): number[] {
  const sent = site.server.bus.sent.splice(0);
  const pieces: Uint8Array[] = [];
  for (const { message } of sent) {
    const piece = openMessage(listPieceMessage, message, () => true);
    if (piece.ok) pieces.push(piece.body.piece);
    const delta = openMessage(listDeltaMessage, message, () => true);
    if (!delta.ok || !areEqual(delta.body.from, namedRoot(shelf.root))) continue;
    shelf.deltas.push(delta.body);
    shelf.root = rootAfter(shelf.root, delta.body, sha256);
  }
  if (pieces.length > 0) {
    const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
    Object.assign(shelf, { whole, root: sha256(whole), deltas: [] });
  }
  const kinds: number[] = [listHeadMessage.number, listDeltaMessage.number];
  return sent.map(({ message }) => kindNumberOf(message) ?? 0).filter((kind) => kinds.includes(kind));
}

/** Runs the job that a change has queued; the kinds of letters that brought what it made. */
async function compiled(): Promise<number[]> {
  site.server.bus.sent.length = 0;
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  return takeSent();
}

/** The door says by which list and root it decides. */
async function tell({ incarnation, version }: AccessList = held(), root = shelf.root): Promise<void> {
  hellos += 1;
  const [device] = await site.test.asAdmin<{ serial: string }>(
    'select serial from claviger.devices where id = $1',
    [home.box.deviceId],
  );
  const key = seededKey(device?.serial ?? '');
  const body: HelloMessage = {
    ...{ device: uuidBytes(home.box.deviceId), ownershipEpoch: 1, bootNonce: new Uint8Array(16) },
    ...{ bootNumber: 1_000, helloNumber: hellos, timeNonce: new Uint8Array(16), logEpoch: 0 },
    ...{ lastSequence: 0, commandSequence: 0, agentVersion: 'test', doors: [], heardAt: now() },
    lists: [{ lock: 1, list: { incarnation, version }, root: toldRoot(root) }],
  };
  const keyId = sha256(key.publicKey).slice(0, keyIdLength);
  const message = sealMessage(helloMessage, body, { keyId, sign: key.sign });
  site.server.app.receive(home.box.deviceId, 'state', message);
  await site.server.app.settle();
}

const now = (): number => site.server.clock.now();
const end = ({ id }: Key) => home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${id}`);
const enforcement = async ({ id }: Key): Promise<string | undefined> => {
  const answer = await home.browser.get(`/api/entities/${home.entityId}/keys/${id}`);
  return answer.json<Key>().bindings[0]?.enforcement.state;
};
const stateOf = ({ id }: Key) => held().keys.find((key) => key.id === id)?.state;
const lookupsOf = ({ id }: Key) =>
  held()
    .credentials.filter(({ key }) => key === id)
    .map(({ lookup }) => lookup.split(':')[0])
    .sort();

beforeAll(async () => {
  home = await openHome(site.server);
  await editLock(home, { takesCardNumbers: true });
  await compiled();
  await tell();
});

describe('a change of one Key', () => {
  it('goes as one letter of at most 160 bytes, with link, QR and PIN, and so does its end', async () => {
    const { key } = await makeKey(home, now());
    expect(await compiled()).toEqual([listDeltaMessage.number]);
    expect(lookupsOf(key)).toEqual(['link', 'pin', 'qr']);
    expect(held().credentials.map(({ lookup }) => lookup)).toContain(linkLookup(key.id));

    await end(key);
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    const letter = site.server.bus.sent.find(
      ({ message }) => kindNumberOf(message) === listDeltaMessage.number,
    );
    expect(letter?.message.length).toBeLessThanOrEqual(160);
    takeSent();
    expect(stateOf(key)).toBe('revoked');
  });

  it('is pending until the door has told a list that carries it, and is enforced then', async () => {
    await tell();
    const { key } = await makeKey(home, now());
    const before = [held(), shelf.root] as const;
    await compiled();
    const states = [await enforcement(key)];
    await tell(...before);
    states.push(await enforcement(key));
    await tell();
    states.push(await enforcement(key));
    await tell(...before);
    states.push(await enforcement(key));
    await tell();
    expect(states).toEqual(['pending', 'pending', 'enforced', 'pending']);
  });

  it('comes again with those before it to a door that has missed them', async () => {
    const keys = [(await makeKey(home, now())).key, (await makeKey(home, now())).key];
    const [first] = keys;
    const job = { entityId: home.entityId, lockId: home.lockId };
    await site.server.runJob('compile_list', job);
    if (first) await end(first);
    await site.server.runJob('compile_list', job);
    site.server.bus.sent.length = 0;
    site.server.clock.advance(4_000);

    await tell();

    expect(takeSent()).toEqual([listDeltaMessage.number, listDeltaMessage.number]);
    expect(keys.map(stateOf)).toEqual(['revoked', 'active']);
    await tell();
  });

  it('makes the same list as a whole one of that moment', async () => {
    const { key } = await makeKey(home, now(), { validUntil: wallMinuteAt(now(), 3), card: '0005384932' });
    await compiled();
    await end(key);
    await compiled();
    const { keys, credentials } = held();
    await site.test.asAdmin(
      'update claviger.lock_lists set wanted_at = now(), wants_whole = true where lock_id = $1',
      [home.lockId],
    );
    expect(await compiled()).toEqual([listHeadMessage.number]);
    await tell();

    const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
    const byLookup = (one: { lookup: string }, other: { lookup: string }) =>
      one.lookup.localeCompare(other.lookup);
    expect([...keys].sort(byId)).toEqual([...held().keys].sort(byId));
    expect([...credentials].sort(byLookup)).toEqual([...held().credentials].sort(byLookup));
  });

  it('takes a card from the Key that had it before', async () => {
    const former = (await makeKey(home, now(), { card: '0005384933' })).key;
    await compiled();
    await end(former);
    await compiled();
    expect(lookupsOf(former)).toContain('card');
    await tell();
    const next = (await makeKey(home, now(), { card: '0005384933' })).key;
    expect(await compiled()).toEqual([listDeltaMessage.number]);

    expect([lookupsOf(former).includes('card'), lookupsOf(next).includes('card')]).toEqual([false, true]);
    await tell();
  });

  it('that was run twice makes nothing the second time', async () => {
    await makeKey(home, now());
    expect([await compiled(), await compiled()]).toEqual([[listDeltaMessage.number], []]);
    await tell();
  });

  it('can be explained later by the list of that moment', async () => {
    const { key } = await makeKey(home, now());
    await compiled();
    const then = held();
    await end(key);
    await compiled();

    const find = (version: number) =>
      site.test.database.transact({ kind: 'entity', entityId: home.entityId }, (tx) =>
        findDecidingList(tx, home, { incarnation: then.incarnation, version }),
      );
    const [before, after] = [await find(then.version), await find(then.version + 1)];
    const found = [before, after].map((list) => list?.keys.find(({ id }) => id === key.id)?.state);
    expect(found).toEqual(['active', 'revoked']);
    expect(before).toEqual(then);
    expect(await find(then.version + 9)).toBeUndefined();
    await tell();
  });
});

describe('a whole list is made', () => {
  it('where a leave of the lock changes, and carries the Keys that changed meanwhile', async () => {
    const { key } = await makeKey(home, now());
    await editLock(home, { takesStaticQr: true });
    expect(await compiled()).toEqual([listHeadMessage.number]);
    expect(stateOf(key)).toBe('active');
    await tell();
  });

  it('once a month, whatever deltas came meanwhile: none renews the table of zone offsets', async () => {
    const monthAgo = new Date(now() - 31 * 86_400_000);
    const change = 'update claviger.lock_lists set whole_signed_at = $1 where lock_id = $2';
    await site.test.asAdmin(change, [monthAgo, home.lockId]);
    await makeKey(home, now());
    expect(await compiled()).toEqual([listDeltaMessage.number]);
    await tell();

    await site.server.app.timedJobs.find(({ name }) => name === 'tend_lists')?.work();
    expect(await compiled()).toEqual([listHeadMessage.number]);
    await tell();
  });

  it('where the door holds something else by the name of the newest list', async () => {
    await makeKey(home, now());
    await compiled();
    await tell(held(), new Uint8Array(32).fill(5));
    expect(await compiled()).toEqual([listHeadMessage.number]);
    await tell();
  });
});
