import type { AuditEntry, AuditPage, Key } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { askForKey, editLock, guestKey, makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { eraseSubject } from '../../platform/audit/index.ts';

const site = serverOfThisFile();
let home: TestHome;
let guest: Key;

const now = (): number => site.server.clock.now();

async function list(query = ''): Promise<AuditEntry[]> {
  const answer = await home.browser.get(`/api/entities/${home.entityId}/audit?${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<AuditPage>().items;
}

beforeAll(async () => {
  home = await openHome(site.server);
  await editLock(home, { name: 'Cellar' });
  guest = (await makeKey(home, now())).key;
  await home.browser.post(`/api/entities/${home.entityId}/keys/${guest.id}/secrets`, {});
});

describe('the object of an entry', () => {
  it('is called as people call it: a lock, an Entity, the holder of a Key', async () => {
    const names = (await list()).map(({ operation, objectName }) => [operation, objectName]);

    expect(names).toEqual([
      ['key.show_secrets', 'Grace'],
      ['key.create', 'Grace'],
      ['lock.update', 'Cellar'],
      ['registration.register', 'Home'],
    ]);
  });

  it('is not called by a name that was erased', async () => {
    const { entityId } = home;
    const { key } = await makeKey(home, now(), { name: 'Gone' });
    await site.test.database.transact({ kind: 'entity', entityId }, (tx) =>
      eraseSubject(tx, { entityId, subjectId: key.id }),
    );

    const [entry] = await list('operation=key.create');

    expect(entry).toMatchObject({ objectId: key.id });
    expect(entry).not.toHaveProperty('objectName');
  });

  it('is found by a part of its identifier, with dashes or without', async () => {
    const parts = [
      guest.id.slice(-8),
      guest.id.slice(-15).toUpperCase(),
      guest.id.slice(-15).replace('-', ''),
    ];

    for (const part of parts) {
      const found = await list(`objectId=${part}`);
      expect(found.map(({ objectId }) => objectId)).toEqual([guest.id, guest.id]);
    }
    for (const bad of ['abc', '____', '%25%25%25%25']) {
      const answer = await home.browser.get(`/api/entities/${home.entityId}/audit?objectId=${bad}`);
      expect(answer.statusCode).toBe(400);
    }
  });

  it('of a refused call is what its path or its body names', async () => {
    const key = `/api/entities/${home.entityId}/keys/${guest.id}`;
    await home.browser.request('PATCH', key, { version: 'none' });
    await askForKey(home, guestKey(home, now(), { validUntil: 'never' }));

    const [made, changed] = await list('outcome=refused');

    expect(changed).toMatchObject({ operation: 'key.update', objectType: 'key', objectId: guest.id });
    expect(made).toMatchObject({ operation: 'key.create', objectType: 'lock', objectId: home.lockId });
    expect([changed?.objectName, made?.objectName]).toEqual(['Grace', 'Cellar']);
  });
});

describe('the entries of a lock', () => {
  it('are those about it, and those about Keys that are bound to it', async () => {
    const other = await openHome(site.server, { email: 'other@example.com' });
    const found = await list(`lockId=${home.lockId}`);

    expect(new Set(found.map(({ operation }) => operation))).toEqual(
      new Set(['key.update', 'key.create', 'key.show_secrets', 'lock.update']),
    );
    expect(await list(`lockId=${other.lockId}`)).toEqual([]);
  });
});
