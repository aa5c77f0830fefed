import { credentialMethods } from '@claviger/domain';
import { storeContract, type StoreFixture } from '@claviger/sim/store-contract';
import { afterAll, beforeAll, describe } from 'vitest';
import { plantBoundKey, plantOwnedLock } from '../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { newIdentifier } from '../../platform/database/index.ts';
import { postgresAuthorityStore } from './store.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test.drop();
});

async function open(): Promise<StoreFixture> {
  const planted = await plantOwnedLock(test);
  const { deviceId, lockId, userId } = planted;
  return {
    store: postgresAuthorityStore(test.database),
    deviceId,
    lockId,
    userId,
    strangerId: newIdentifier(),
    newId: () => newIdentifier(),
    addKey: () => plantBoundKey(test, planted),
    doors: () =>
      test.asAdmin('select state, is_tampered as "isTampered", since as at from claviger.door_states'),
    stages: async (id) => {
      const rows = await test.asAdmin<{ stage: string }>(
        'select stage from claviger.command_stages where command_id = $1',
        [id],
      );
      return rows.map(({ stage }) => stage);
    },
    events: () => test.asAdmin('select sequence, type from claviger.activity_events order by sequence'),
    lastAttempt: async () => {
      const [row] = await test.asAdmin<Record<string, string | number | boolean>>(
        `select encode(key_tag, 'hex') as tag, uses_spent, uses_max, list_incarnation, list_version,
            reader_path, is_static, second_method
          from claviger.activity_events order by sequence desc limit 1`,
      );
      return {
        key: `tag:${String(row?.['tag'])}`,
        uses: { spent: Number(row?.['uses_spent']), max: Number(row?.['uses_max']) },
        list: { incarnation: Number(row?.['list_incarnation']), version: Number(row?.['list_version']) },
        path: String(row?.['reader_path']),
        isStatic: row?.['is_static'] === true,
        second: credentialMethods.find((method) => method === row?.['second_method']),
      };
    },
    refusals: async () => {
      const rows = await test.asAdmin<{ cause: string; count: number }>(
        'select cause, count from claviger.message_refusals',
      );
      return Object.fromEntries(rows.map(({ cause, count }) => [cause, count]));
    },
    close: () => Promise.resolve(),
  };
}

describe('the store in PostgreSQL', () => {
  storeContract(open);
});
