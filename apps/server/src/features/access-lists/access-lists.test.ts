import { createHash, createHmac, scryptSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  decide,
  emptyMemory,
  indexAccessList,
  type AccessList,
  type CredentialMethod,
} from '@claviger/domain';
import {
  areEqual,
  decodeAccessList,
  helloMessage,
  keyIdLength,
  kindNumberOf,
  linkLookup,
  listHeadMessage,
  listPieceMessage,
  openMessage,
  pinLookup,
  pinScrypt,
  qrKeyTag,
  qrLookup,
  reportAskMessage,
  sealMessage,
  uuidBytes,
  type HelloMessage,
  type Key,
  type Lock,
} from '@claviger/protocol';
import { seededKey } from '@claviger/sim';
import { makeKey, openHome, wallMinuteAt, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { testSecret } from '../../../test/database-server.ts';
import { doorSecretsOf } from '../../platform/secrets/index.ts';

const site = serverOfThisFile();
let home: TestHome;
let hellos = 1_000;

beforeAll(async () => {
  home = await openHome(site.server);
});

const now = (): number => site.server.clock.now();

/** As if something else than Keys had changed. */
async function wantWhole({ lockId }: TestHome): Promise<void> {
  await site.test.asAdmin(
    'update claviger.lock_lists set wanted_at = now(), wants_whole = true where lock_id = $1',
    [lockId],
  );
}

/** Runs the job that a change has queued, and gives the whole list that went to the door. */
async function compiled(of: TestHome = home): Promise<AccessList> {
  site.server.bus.sent.length = 0;
  await site.server.runJob('compile_list', { entityId: of.entityId, lockId: of.lockId });
  const pieces = site.server.bus.sent.flatMap(({ message }) => {
    const piece = openMessage(listPieceMessage, message, () => true);
    return piece.ok ? [piece.body] : [];
  });
  const [head] = site.server.bus.sent.flatMap(({ message }) => {
    const opened = openMessage(listHeadMessage, message, () => true);
    return opened.ok ? [opened.body] : [];
  });
  const encoded = Uint8Array.from(pieces.flatMap(({ piece }) => [...piece]));
  const hash = Uint8Array.from(createHash('sha256').update(encoded).digest());
  expect(head && areEqual(hash, head.hash)).toBe(true);
  return decodeAccessList(encoded);
}

/** The door says by which list it decides. */
async function tell(
  list: { incarnation: number; version: number } | undefined,
  of: TestHome = home,
): Promise<void> {
  hellos += 1;
  const serial = await site.test.asAdmin<{ serial: string }>(
    'select serial from claviger.devices where id = $1',
    [of.box.deviceId],
  );
  const key = seededKey(serial[0]?.serial ?? '');
  const body: HelloMessage = {
    device: uuidBytes(of.box.deviceId),
    ownershipEpoch: 1,
    bootNonce: new Uint8Array(16),
    bootNumber: 1_000,
    helloNumber: hellos,
    timeNonce: new Uint8Array(16),
    logEpoch: 0,
    lastSequence: 0,
    commandSequence: 0,
    agentVersion: 'test',
    doors: [],
    lists: list ? [{ lock: 1, list }] : [],
    heardAt: now(),
  };
  const keyId = Uint8Array.from(createHash('sha256').update(key.publicKey).digest().subarray(0, keyIdLength));
  const message = sealMessage(helloMessage, body, { keyId, sign: key.sign });
  site.server.app.receive(of.box.deviceId, 'state', message);
  await site.server.app.settle();
}

async function shown({ id }: Pick<Key, 'id'>): Promise<Key> {
  return (await home.browser.get(`/api/entities/${home.entityId}/keys/${id}`)).json<Key>();
}

function reasonFor(list: AccessList, method: CredentialMethod, lookup: string): string {
  return decide(indexAccessList(list), emptyMemory, {
    kind: 'credential',
    at: now(),
    uncertaintyMs: 0,
    canRecord: true,
    first: { method, path: method, isMalformed: false, verified: 'not_tested', lookup },
    side: 'entry',
    listConfirmedAt: now(),
  }).reason;
}

/** What the door finds a PIN by. */
function lookupOf(pin: string): string {
  const door = { deviceId: home.box.deviceId, entityId: home.entityId, ownershipEpoch: 1 };
  const secrets = doorSecretsOf(testSecret, door);
  const { N, r, p, length } = pinScrypt;
  const digest = scryptSync(pin, Buffer.from(secrets.pinSalt, 'base64url'), length, { N, r, p });
  return pinLookup(Uint8Array.from(digest), {
    pepper: Uint8Array.from(Buffer.from(secrets.pepper, 'base64url')),
    hmac: (key, bytes) => Uint8Array.from(createHmac('sha256', key).update(bytes).digest()),
  });
}

describe('the access list of a lock', () => {
  it('is wanted from the claim on, without Keys', async () => {
    const list = await compiled();

    expect(list).toMatchObject({ incarnation: 1, version: 1, ownershipEpoch: 1, keys: [], credentials: [] });
    expect(list.lock).toMatchObject({ id: home.lockId, isInactive: false });
    expect(list.zone.until - now()).toBeGreaterThan(399 * 86_400_000);
    expect(list.issuers).toHaveLength(1);
  });

  it('lets a guest Key in by PIN, link and QR until it is deleted', async () => {
    const { key, secrets } = await makeKey(home, now());
    const list = await compiled();
    const credentials = new Set(list.credentials.map(({ lookup }) => lookup));

    expect(credentials).toEqual(
      new Set([lookupOf(secrets.pin ?? ''), linkLookup(key.id), qrLookup(qrKeyTag(key.id))]),
    );
    expect(reasonFor(list, 'pin', lookupOf(secrets.pin ?? ''))).toBe('granted');
    expect(reasonFor(list, 'link', linkLookup(key.id))).toBe('granted');
    expect(JSON.stringify(list)).not.toContain(`"${secrets.pin ?? ''}"`);

    await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${key.id}`);
    const after = await compiled();

    expect(after.version).toBe(list.version + 1);
    expect(reasonFor(after, 'pin', lookupOf(secrets.pin ?? ''))).toBe('revoked');
  });

  it('shows a change as pending until the door says that it decides by it', async () => {
    const { key } = await makeKey(home, now());
    const before = await shown(key);
    const list = await compiled();
    expect([before, await shown(key)].map(({ bindings }) => bindings[0]?.enforcement.state)).toEqual([
      'pending',
      'pending',
    ]);

    await tell({ incarnation: list.incarnation, version: list.version - 1 });
    expect((await shown(key)).bindings[0]?.enforcement.state).toBe('pending');
    await tell(list);
    expect((await shown(key)).bindings[0]?.enforcement).toEqual({ state: 'enforced', since: now() });

    await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${key.id}`);
    expect((await shown(key)).bindings[0]?.enforcement.state).toBe('pending');
    home.box.agent.linkDown();
    site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();
    expect((await shown(key)).bindings[0]?.enforcement).toEqual({ state: 'offline', since: now() });
    await tell(list);
  });
});

describe('a door that has lost its list', () => {
  it('is shown to enforce nothing, until it says again by which one it decides', async () => {
    const { key } = await makeKey(home, now());
    const list = await compiled();
    const states = async () => {
      const lock = await home.browser.get(`/api/entities/${home.entityId}/locks/${home.lockId}`);
      const atLock = lock.json<Lock>().accessList?.state;
      return [(await shown(key)).bindings[0]?.enforcement.state, atLock];
    };
    await tell(list);
    const told = [await states()];

    await tell(undefined);
    told.push(await states());
    await tell(list);
    told.push(await states());

    expect(told).toEqual([
      ['enforced', 'enforced'],
      ['pending', 'pending'],
      ['enforced', 'enforced'],
    ]);
  });
});

describe('a door that names a list which this server never made', () => {
  it('proves nothing by it, is asked for it, and gets no other until it has told', async () => {
    const { key } = await makeKey(home, now());
    const before = await compiled();
    site.server.bus.sent.length = 0;

    await tell({ incarnation: before.incarnation + 3, version: 1 });

    expect((await shown(key)).bindings[0]?.enforcement.state).toBe('pending');
    const kinds = site.server.bus.sent.map(({ message }) => kindNumberOf(message));
    expect(kinds).toContain(reportAskMessage.number);
    site.server.bus.sent.length = 0;
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    expect(site.server.bus.sent).toEqual([]);

    await tell(before);
    const after = await compiled();
    await tell(after);
    expect((await shown(key)).bindings[0]?.enforcement.state).toBe('enforced');
  });
});

describe('a mark that a crash left behind', () => {
  const leaves = () =>
    site.test.asAdmin('select wanted_at from claviger.lock_lists where wanted_at is not null');

  it('is found as soon as a server starts', async () => {
    const repair = site.server.app.timedJobs.find(({ name }) => name === 'repair_lists');
    await makeKey(home, now());

    await repair?.work();
    expect(await leaves()).not.toEqual([]);
    await repair?.atStart?.();
    expect(await leaves()).toEqual([]);
  });

  it('is made known to those who make lists by the hello of its door, once it is overdue', async () => {
    await wantWhole(home);
    const list = await compiled();
    await makeKey(home, now());
    // Whoever took this job is dead.
    await site.test.asAdmin('delete from graphile_worker._private_jobs');
    const queued = () =>
      site.test.asAdmin(
        `select payload from graphile_worker._private_jobs as j
         join graphile_worker._private_tasks as t on t.id = j.task_id where t.identifier = 'compile_list'`,
      );

    await tell(list);
    expect(await queued()).toEqual([]);
    site.server.clock.advance(3_000);
    await tell(list);
    await tell(list);

    expect(await queued()).toEqual([{ payload: { entityId: home.entityId, lockId: home.lockId } }]);
  });

  it('does not hold up those of other locks where one cannot be made', async () => {
    const repair = site.server.app.timedJobs.find(({ name }) => name === 'repair_lists');
    const other = await openHome(site.server, { email: 'eve@example.com' });
    await makeKey(home, now());
    await makeKey(other, now());
    await site.test.asAdmin('update claviger.entities set zone = $1 where id = $2', [
      'Mars/One',
      home.entityId,
    ]);

    await expect(repair?.atStart?.()).rejects.toThrow('could not be made');
    const left = await site.test.asAdmin<{ lock_id: string }>(
      'select lock_id from claviger.lock_lists where wanted_at is not null',
    );
    await site.test.asAdmin('update claviger.entities set zone = $1 where id = $2', [
      'Europe/Berlin',
      home.entityId,
    ]);

    expect(left.map(({ lock_id }) => lock_id)).toEqual([home.lockId]);
  });

  it('is found a minute later', async () => {
    const repair = site.server.app.timedJobs.find(({ name }) => name === 'repair_lists');
    const { key } = await makeKey(home, now());
    site.server.clock.advance(61_000);
    await tell({ incarnation: 1, version: 1 });
    site.server.bus.sent.length = 0;

    await repair?.work();

    const wanted = await site.test.asAdmin(
      'select wanted_at from claviger.lock_lists where lock_id = $1 and wanted_at is not null',
      [home.lockId],
    );
    const [binding] = await site.test.asAdmin<{ listed_version: number | null }>(
      'select listed_version from claviger.bindings where key_id = $1',
      [key.id],
    );
    expect(wanted).toEqual([]);
    expect(binding?.listed_version).toBeGreaterThan(0);
    expect(site.server.bus.sent.length).toBeGreaterThan(1);
  });
});

describe('the daily round', () => {
  it('waits for a Key that just comes back, and leaves it what it opens by', async () => {
    const { key } = await makeKey(home, now());
    await compiled();
    await site.test.asAdmin(
      `update claviger.keys set valid_from = to_timestamp(0), valid_until = to_timestamp(1) where id = $1`,
      [key.id],
    );
    await site.test.asAdmin('update claviger.bindings set enforced_at = now() where key_id = $1', [key.id]);
    const tend = site.server.app.timedJobs.find(({ name }) => name === 'tend_lists');
    const asAdmin = (text: string, values: readonly unknown[] = []) => site.test.asAdmin(text, values);
    const isWaiting = async () => {
      await asAdmin('select pg_stat_clear_snapshot()');
      const waiting = `select from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`;
      return (await asAdmin(waiting)).length > 0;
    };

    // A change as it is made: first the mark, then the Key; the administrator has one connection.
    await asAdmin('begin');
    await asAdmin('update claviger.lock_lists set wanted_at = now() where lock_id = $1', [home.lockId]);
    await asAdmin("update claviger.keys set valid_until = now() + interval '1 day' where id = $1", [key.id]);
    let isOver = false;
    const tending = tend?.work().finally(() => {
      isOver = true;
    });
    await expect.poll(async () => isOver || (await isWaiting())).toBe(true);
    await asAdmin('commit');
    await tending;

    const kept = await site.test.asAdmin(
      `select id from claviger.credentials where key_id = $1 and sealed_secret is not null`,
      [key.id],
    );
    expect(kept).toHaveLength(2);
  });
});

/** Time is passed here that no session outlives: the Keys are made before. */
describe('when a month has passed', () => {
  let aged: TestHome;
  let expired: Key;
  let deleted: Key;
  let unheard: Key;
  const listed = async (): Promise<string[]> => {
    await wantWhole(aged);
    return (await compiled(aged)).keys.map(({ id }) => id);
  };
  /** The list that the door decides by: it goes back to none before. */
  let decidedBy: { incarnation: number; version: number } | undefined;
  const listen = () => tell(decidedBy, aged);
  const end = ({ id }: Key) => aged.browser.request('DELETE', `/api/entities/${aged.entityId}/keys/${id}`);
  const passDays = async (days: number): Promise<void> => {
    site.server.clock.advance(days * 86_400_000);
    await listen();
  };
  const secretsOf = ({ id }: Key) =>
    site.test.asAdmin(
      `select id from claviger.credentials
        where key_id = $1 and (sealed_secret is not null or sealed_digest is not null)`,
      [id],
    );

  beforeAll(async () => {
    aged = await openHome(site.server, { email: 'aged@example.com' });
    const email = 'grace@example.com';
    expired = (await makeKey(aged, now(), { validUntil: wallMinuteAt(now(), 2), email })).key;
    [deleted, unheard] = [(await makeKey(aged, now())).key, (await makeKey(aged, now())).key];
    await end(deleted);
    await listen();
    decidedBy = await compiled(aged);
    await listen();
    await end(unheard);
  });

  it('the list still says why ended Keys are refused for 30 days', async () => {
    await passDays(29);

    expect((await listed()).sort()).toEqual([expired.id, deleted.id, unheard.id].sort());
    expect(await secretsOf(expired)).toHaveLength(2);
  });

  it('the list forgets them afterwards, but for a deletion that the door has not confirmed', async () => {
    await passDays(3);

    expect(await listed()).toEqual([unheard.id]);
  });

  it('the daily round asks for a new list, forgets old ones and what opened with ended Keys', async () => {
    await passDays(31);
    const tend = site.server.app.timedJobs.find(({ name }) => name === 'tend_lists');

    await tend?.work();

    const [state] = await site.test.asAdmin<{ wanted_at: number | null; version: number }>(
      'select wanted_at, version from claviger.lock_lists where lock_id = $1',
      [aged.lockId],
    );
    const lists = await site.test.asAdmin<{ version: number }>(
      'select version from claviger.access_lists where lock_id = $1',
      [aged.lockId],
    );
    expect(state?.wanted_at).toBe(now());
    expect(lists.map(({ version }) => version)).toEqual([state?.version]);
    expect([await secretsOf(expired), await secretsOf(deleted)]).toEqual([[], []]);
    expect(await site.test.asAdmin('select id from claviger.mails where key_id = $1', [expired.id])).toEqual(
      [],
    );
  });
});
