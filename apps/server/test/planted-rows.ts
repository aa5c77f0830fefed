import { newIdentifier } from '../src/platform/database/index.ts';
import type { TestDatabase } from './test-database.ts';

/** A home with one active lock and its manager, as a registration and a proven claim would have left it. */
export interface PlantedLock {
  readonly ownerId: string;
  readonly entityId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly deviceId: string;
  readonly lockId: string;
}

/** Plants an Owner, a home, its community_manager, a device of this identity key and an active lock. */
export async function plantOwnedLock(
  test: Pick<TestDatabase, 'asAdmin'>,
  given: { readonly identityKey?: Uint8Array; readonly serial?: string; readonly accountId?: string } = {},
): Promise<PlantedLock> {
  const [ownerId, entityId, userId, deviceId, lockId] = Array.from({ length: 5 }, () => newIdentifier());
  const planted = { ownerId, entityId, userId, deviceId, lockId } as Omit<PlantedLock, 'accountId'>;
  const accountId = given.accountId ?? newIdentifier();
  const serial = given.serial ?? newIdentifier().replaceAll('-', '').slice(-12).toUpperCase();
  const rows: [string, unknown[]][] = [
    ['owners (id, name) values ($1, $2)', [ownerId, 'Owner']],
    [
      'entities (id, owner_id, code, name, kind, zone) values ($1, $2, $3, $4, $5, $6)',
      [entityId, ownerId, 'HOME', 'Home', 'home', 'Europe/Berlin'],
    ],
    [
      'users (id, owner_id, account_id, name, email) values ($1, $2, $3, $4, $5)',
      [userId, ownerId, accountId, 'Ada', 'ada@example.com'],
    ],
    [
      'memberships (entity_id, user_id, owner_id, account_id, role) values ($1, $2, $3, $4, $5)',
      [entityId, userId, ownerId, accountId, 'community_manager'],
    ],
    [
      `devices (id, serial, model, code_mac, owner_entity_id, ownership_epoch, identity_key)
        values ($1, $2, $3, $4, $5, 1, $6)`,
      [deviceId, serial, 'virtual-door', Buffer.alloc(32), entityId, given.identityKey ?? Buffer.alloc(32)],
    ],
    [
      'locks (entity_id, id, device_id, name, status) values ($1, $2, $3, $4, $5)',
      [entityId, lockId, deviceId, 'Front door', 'active'],
    ],
    ['device_states (entity_id, device_id, ownership_epoch) values ($1, $2, 1)', [entityId, deviceId]],
  ];
  for (const [text, values] of rows) await test.asAdmin(`insert into claviger.${text}`, values);
  return { ...planted, accountId };
}

/** Plants a guest Key with a Binding at this lock. */
export async function plantBoundKey(
  test: Pick<TestDatabase, 'asAdmin'>,
  { entityId, lockId, userId }: PlantedLock,
): Promise<string> {
  const keyId = newIdentifier();
  await test.asAdmin(
    `insert into claviger.keys (entity_id, id, type, state, holder_name, max_uses, made_by)
      values ($1, $2, 'guest', 'active', 'Grace', 9, $3)`,
    [entityId, keyId, userId],
  );
  await test.asAdmin(
    'insert into claviger.bindings (entity_id, key_id, lock_id, since) values ($1, $2, $3, now())',
    [entityId, keyId, lockId],
  );
  return keyId;
}
