import { beforeAll, describe, expect, it } from 'vitest';
import type { EntityId } from '@claviger/domain';
import { testSecret } from '../../../../test/database-server.ts';
import type { Key, KeySecrets } from '@claviger/protocol';
import { makeKey, openHome, wallMinuteAt, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { deriveSecret, qrIssuerOf } from '../../../platform/secrets/index.ts';
import { takeEndings } from '../endings/endings.ts';
import type { KeyParts } from '../parts.ts';
import { addPin } from './keeping.ts';
import { pinRestsForMs } from './pins.ts';

const site = serverOfThisFile();
let home: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
});

function parts(): KeyParts {
  const { database } = site.test;
  return {
    ...{ database, publicOrigin: '', now: () => site.server.clock.now() },
    sealingKey: deriveSecret(testSecret, 'sealed fields'),
    issuerOf: (entityId) => qrIssuerOf(testSecret, entityId),
    pins: { database, tagKey: deriveSecret(testSecret, 'pin values'), saltOf: () => new Uint8Array(16) },
  };
}

describe('a PIN whose Key has ended for long', () => {
  it('is another Key’s, and the list of the lock is to know both anew', async () => {
    const now = site.server.clock.now();
    const { key: former, secrets } = await makeKey(home, now);
    const { key: next } = await makeKey(home, now);
    const { lockId } = home;
    const entityId = home.entityId as EntityId;
    await site.test.asAdmin('delete from claviger.list_changes');
    await site.test.asAdmin('update claviger.pin_values set lives_until = $1 where key_id = $2', [
      new Date(now - pinRestsForMs - 1),
      former.id,
    ]);

    const pin = { digits: secrets.pin ?? '', digest: new Uint8Array(32) };
    await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
      addPin(tx, { entityId, keyId: next.id, pin, lockIds: [lockId], livesUntil: now + 60_000 }, parts()),
    );

    const changes = await site.test.asAdmin('select key_id from claviger.list_changes');
    expect(changes).toEqual([{ key_id: former.id }]);
  });
});

const keyUrl = ({ id }: Key): string => `/api/entities/${home.entityId}/keys/${id}`;

/** Moves the end of a Key to so many hours from now. */
function extend(key: Key, hours: number) {
  const now = site.server.clock.now();
  const bounds = { validFrom: wallMinuteAt(now, -1), validUntil: wallMinuteAt(now, hours) };
  return home.browser.request('PATCH', keyUrl(key), { ...bounds, version: key.version });
}

const livesUntil = async ({ id }: Key): Promise<number[]> => {
  const rows = await site.test.asAdmin<{ at: number }>(
    'select lives_until as at from claviger.pin_values where key_id = $1',
    [id],
  );
  return rows.map(({ at }) => at);
};

describe('a Key whose validity is changed', () => {
  it('keeps its PIN to itself until the new end, also where a lost server had shortened it', async () => {
    const now = site.server.clock.now();
    const { key } = await makeKey(home, now);
    const entityId = home.entityId as EntityId;
    const ending = { key: key.id, until: now - 60_000 };
    await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
      takeEndings(
        tx,
        { entityId, lockId: home.lockId },
        { endings: { keys: [ending], credentials: [], granted: [] }, lookups: new Map(), at: now },
      ),
    );
    const rested = await livesUntil(key);
    const shortened = (await home.browser.get(keyUrl(key))).json<Key>();

    const longer = await extend(shortened, 24 * 60);

    expect(rested).toEqual([ending.until]);
    expect(longer.statusCode).toBe(200);
    expect(await livesUntil(key)).toEqual([longer.json<Key>().validUntil]);
  });

  it('goes on without a PIN that was ended, whose value rests', async () => {
    const now = site.server.clock.now();
    const { key, secrets } = await makeKey(home, now);
    const entityId = home.entityId as EntityId;
    const [pin] = await site.test.asAdmin<{ id: string }>(
      "select id from claviger.credentials where key_id = $1 and kind = 'pin'",
      [key.id],
    );
    const endings = {
      keys: [],
      credentials: [{ key: key.id, lookup: 'pin', state: 'revoked' as const }],
      granted: [],
    };
    await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
      takeEndings(
        tx,
        { entityId, lockId: home.lockId },
        { endings, lookups: new Map([['pin', pin?.id ?? '']]), at: now },
      ),
    );

    const longer = await extend(key, 72);

    const shown = (await home.browser.post(`${keyUrl(key)}/secrets`)).json<KeySecrets>();
    expect(longer.statusCode).toBe(200);
    expect(longer.json<Key>().hasPin).toBe(false);
    expect([secrets.pin, shown.pin]).toEqual([expect.any(String), undefined]);
    expect(await livesUntil(key)).toEqual([now]);
  });

  it('is refused as ended when what it was known by was forgotten meanwhile', async () => {
    const { key } = await makeKey(home, site.server.clock.now());
    await site.test.asAdmin(
      'update claviger.credentials set sealed_secret = null, sealed_digest = null where key_id = $1',
      [key.id],
    );

    const answer = await extend(key, 72);

    expect([answer.statusCode, answer.json()]).toEqual([
      409,
      { error: expect.objectContaining({ code: 'key_ended' }) as unknown },
    ]);
  });
});
