import { beforeAll, describe, expect, it } from 'vitest';
import type { EntityId } from '@claviger/domain';
import { testSecret } from '../../../../test/database-server.ts';
import { makeKey, openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { deriveSecret, qrIssuerOf } from '../../../platform/secrets/index.ts';
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
