import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startDatabaseServer, testSecret } from '../../../../test/database-server.ts';
import { plantOwnedLock } from '../../../../test/planted-rows.ts';
import { newIdentifier } from '../identifiers.ts';
import { Secret } from '../../secrets/index.ts';
import { prepareDatabase } from './index.ts';
import { MIGRATIONS_FOLDER } from './migrations.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A PostgreSQL of this file alone: an owner of the tables who is no superuser, and the superuser. */
async function managedDatabase(): Promise<{ adminUrl: Secret; superuser: Client }> {
  const cluster = await startDatabaseServer({ isPrepared: false });
  const url = new URL(cluster.templateUrl.revealText());
  const first = new Client({ connectionString: url.href });
  await first.connect();
  await first.query("create role house_owner login createrole password 'key-under-the-mat'");
  await first.query('create database managed template template0 owner house_owner');
  await first.end();
  url.pathname = '/managed';
  const superuser = new Client({ connectionString: url.href });
  await superuser.connect();
  onTestFinished(async () => {
    await superuser.end();
    await cluster.stop();
  });
  Object.assign(url, { username: 'house_owner', password: 'key-under-the-mat' });
  return { adminUrl: new Secret(url.href), superuser };
}

async function prepare(adminUrl: Secret, migrationsFolder: string): Promise<void> {
  await prepareDatabase({
    adminUrl,
    installationSecret: testSecret,
    migrationsFolder,
    report: () => undefined,
  });
}

/** A database whose schema is as it was before this migration, and what the superuser sees in it. */
async function databaseBefore(migration: string) {
  const { adminUrl, superuser } = await managedDatabase();
  const before = mkdtempSync(join(tmpdir(), 'claviger-migrations-'));
  onTestFinished(() => rmSync(before, { recursive: true }));
  cpSync(MIGRATIONS_FOLDER, before, { recursive: true });
  for (const file of readdirSync(before))
    if (file >= migration && /^\d/.test(file)) rmSync(join(before, file));
  await prepare(adminUrl, before);
  const asAdmin = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await superuser.query<Row>(text, [...values])).rows;
  return { adminUrl, asAdmin };
}

it('gives what was there the present names of lock and person, whoever owns the tables', async () => {
  const { adminUrl, asAdmin } = await databaseBefore('0004');
  const { entityId, deviceId, lockId, userId, accountId } = await plantOwnedLock({ asAdmin });
  const commandId = newIdentifier();
  await asAdmin(
    `insert into claviger.commands (entity_id, id, lock_id, device_id, ownership_epoch, sequence, type, stage,
      requested_by, issued_at, not_after)
      values ($1, $2, $3, $4, 1, 1, 'open', 'issued', $5, now(), now() + interval '10 s')`,
    [entityId, commandId, lockId, deviceId, userId],
  );
  await asAdmin(
    `insert into claviger.activity_events (entity_id, device_id, ownership_epoch, log_epoch, sequence,
      lock_id, type, at, uncertainty_ms, hash, command_id)
      values ($1, $2, 1, 1, 1, $3, 'door_opened', now(), 0, $4, $5)`,
    [entityId, deviceId, lockId, Buffer.alloc(32), commandId],
  );
  await asAdmin(
    `insert into claviger.audit_entries (id, scope, entity_id, account_id, operation, outcome)
      values ($1, 'entity', $2, $3, 'lock.open', 'done')`,
    [newIdentifier(), entityId, accountId],
  );

  await prepare(adminUrl, MIGRATIONS_FOLDER);

  expect(await asAdmin('select lock_name, person_name from claviger.activity_events')).toEqual([
    { lock_name: 'Front door', person_name: 'Ada' },
  ]);
  const names = await asAdmin('select actor_name from claviger.unchained_audit_entries');
  expect(names).toEqual([{ actor_name: 'Ada' }]);
  expect(
    await asAdmin(
      `select relname from pg_class join pg_namespace n on n.oid = relnamespace
        where nspname = 'claviger' and relkind = 'r' and relrowsecurity and not relforcerowsecurity`,
    ),
  ).toEqual([]);
});

it('allows bare card numbers where cards were given before anybody was asked, and nowhere else', async () => {
  const { adminUrl, asAdmin } = await databaseBefore('0010');
  const { entityId, lockId, userId } = await plantOwnedLock({ asAdmin });
  const other = await plantOwnedLock({ asAdmin });
  const [keyId, credentialId] = [newIdentifier(), newIdentifier()];
  await asAdmin(
    `insert into claviger.keys (entity_id, id, type, state, holder_name, made_by)
      values ($1, $2, 'guest', 'active', 'Grace', $3)`,
    [entityId, keyId, userId],
  );
  await asAdmin(
    `insert into claviger.credentials (entity_id, key_id, id, kind, state)
      values ($1, $2, $3, 'card', 'active')`,
    [entityId, keyId, credentialId],
  );
  await asAdmin(
    `insert into claviger.card_values (entity_id, lock_id, tag, key_id, credential_id, lives_until)
      values ($1, $2, $3, $4, $5, now())`,
    [entityId, lockId, Buffer.alloc(32), keyId, credentialId],
  );

  await prepare(adminUrl, MIGRATIONS_FOLDER);

  const locks = await asAdmin<{ id: string; takes: boolean }>(
    'select id, takes_card_numbers as takes from claviger.locks',
  );
  expect(new Map(locks.map(({ id, takes }) => [id, takes]))).toEqual(
    new Map([
      [lockId, true],
      [other.lockId, false],
    ]),
  );
});
