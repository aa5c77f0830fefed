import type {} from '../../apps/server/test/global-setup.ts';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { AuthorityPorts } from '@claviger/authority';
import type { EntityId } from '@claviger/domain';
import { startDatabaseServer, testSecret } from '../../apps/server/test/database-server.ts';
import { plantOwnedLock, type PlantedLock } from '../../apps/server/test/planted-rows.ts';
import { compileWanted, type ListJobs } from '../../apps/server/src/features/access-lists/index.ts';
import { authorityPorts } from '../../apps/server/src/features/authority/index.ts';
import type { KeyParts } from '../../apps/server/src/features/keys/parts.ts';
import { connectDatabase, type Database } from '../../apps/server/src/platform/database/index.ts';
import {
  deriveSecret,
  doorSecretsOf,
  entitySecretsOf,
  qrIssuerOf,
} from '../../apps/server/src/platform/secrets/index.ts';
import { seededKey, worldStartsAt } from '@claviger/sim';
import type { Clock } from '../harness.ts';
import { cpuSeconds } from '../harness.ts';

/** A server's database with locks that have many Keys, and what the server works on it with. */
export interface Site {
  readonly database: Database;
  readonly ports: AuthorityPorts;
  readonly keys: KeyParts;
  readonly now: () => number;
  /** Of this process and of PostgreSQL's for it, in seconds. */
  readonly cpu: Clock;
  /** A lock with so many Keys, each with link, QR and PIN, that its door has taken and confirmed. */
  readonly plantLock: (keys: number) => Promise<PlantedLock & { readonly entityId: EntityId }>;
  /** The job of a lock; the messages that it sends. */
  readonly compile: (lock: PlantedLock) => Promise<readonly Uint8Array[]>;
  /** Counts the time of the connections that there are now. */
  readonly watch: () => Promise<void>;
  /** As bare as can be: on a connection of its own, whose time counts. */
  readonly select: (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>;
  readonly admin: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** An hour of a building a second, so that changes are dated as they are there. */
const timeScale = 3_600;

const nanosecond = 1e-9;

/** How long processes have run; the first figure that the kernel tells of each is in nanoseconds. */
function ranFor(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const [ran = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return sum + Number(ran) * nanosecond;
  }, 0);
}

/** Rows as changes and jobs would have left them, but that nobody could open with these Keys. */
const keysOfLock = [
  `insert into claviger.keys (entity_id, id, type, state, holder_name, valid_from, valid_until, made_by)
    select $1, gen_random_uuid(), 'guest', 'active', 'Grace', to_timestamp(1.7e9), to_timestamp(1.9e9), $2
    from generate_series(1, $3::int)`,
  `insert into claviger.bindings (entity_id, key_id, lock_id, since, listed_incarnation, listed_version,
      enforced_at)
    select entity_id, id, $2::uuid, now(), 1, 1, now() from claviger.keys where entity_id = $1`,
  `insert into claviger.credentials (entity_id, id, key_id, kind)
    select entity_id, gen_random_uuid(), id, kind from claviger.keys,
      unnest(array['link', 'qr', 'pin']) as kind where entity_id = $1`,
] as const;

/** A list that the door has told; no change needs more Keys than these before a whole one is made. */
const toldList = `insert into claviger.lock_lists (entity_id, lock_id, device_id, incarnation, version,
    ownership_epoch, signed_at, root, whole_version, whole_keys, told_incarnation, told_version, told_root)
  values ($1, $2, $3, 1, 9999, 1, to_timestamp($5::float8 / 1e3), $4::bytea, 9999, 100000000, 1, 9999,
    substr($4::bytea, 1, 8))`;

type Admin = Site['admin'];

async function plantLock(admin: Admin, keys: number) {
  const planted = await plantOwnedLock({
    asAdmin: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await admin(text, values)) as Row[],
  });
  const { entityId, userId, lockId, deviceId } = planted;
  const [insertKeys, insertBindings, insertCredentials] = keysOfLock;
  await admin(insertKeys, [entityId, userId, keys]);
  await admin(insertBindings, [entityId, lockId]);
  await admin(insertCredentials, [entityId]);
  await admin(toldList, [entityId, lockId, deviceId, Buffer.alloc(32, 1), worldStartsAt]);
  await admin('update claviger.device_states set is_online = true where device_id = $1', [deviceId]);
  return { ...planted, entityId: entityId as EntityId };
}

function partsOf(database: Database, now: () => number) {
  const sealingKey = deriveSecret(testSecret, 'sealed fields');
  const tagKey = deriveSecret(testSecret, 'pin values');
  const saltOf = (entityId: string) =>
    Uint8Array.from(Buffer.from(entitySecretsOf(testSecret, entityId).pinSalt, 'base64url'));
  const issuerOf = (entityId: string) => qrIssuerOf(testSecret, entityId);
  const keys: KeyParts = {
    ...{ database, sealingKey, issuerOf, publicOrigin: 'https://claviger.example', now },
    pins: { database, tagKey, saltOf },
  };
  const making: ListJobs['making'] = {
    ...{ sealingKey, issuerOf },
    doorSecretsOf: (door) => doorSecretsOf(testSecret, door),
  };
  return { keys, making };
}

/** Starts a PostgreSQL of its own; `close` ends and removes it. */
export async function openSite(): Promise<Site> {
  const server = await startDatabaseServer();
  const adminUrl = server.templateUrl;
  const report = (): void => undefined;
  const database = await connectDatabase({ adminUrl, installationSecret: testSecret, report });
  const client = new Client({ connectionString: adminUrl.revealText() });
  await client.connect();
  const bare = new Client({ connectionString: adminUrl.revealText() });
  await bare.connect();
  const admin: Admin = async (text, values = []) =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows;
  const now = (): number => worldStartsAt + Math.round(performance.now() * timeScale);
  const signer = seededKey('server');
  const ports = authorityPorts(database, signer, now);
  const { keys, making } = partsOf(database, now);
  let pids: readonly number[] = [];
  const cpu: Clock = () => cpuSeconds() + ranFor(pids);
  const sent: Uint8Array[] = [];
  const bus: ListJobs['bus'] = {
    isConnected: () => true,
    send: (_device, _channel, message) => {
      sent.push(message);
      return Promise.resolve(true);
    },
    close: () => Promise.resolve(),
  };
  const watch = async (): Promise<void> => {
    const rows = await admin(
      "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    pids = rows.map(({ pid }) => Number(pid));
  };
  return {
    ...{ database, ports, keys, now, cpu, admin, watch },
    select: async (text, values) => (await bare.query({ text, values: [...values], rowMode: 'array' })).rows,
    plantLock: (count) => plantLock(admin, count),
    compile: async ({ entityId, lockId }) => {
      sent.length = 0;
      await compileWanted({ entityId, lockId }, { database, ports, bus, making });
      return [...sent];
    },
    close: async () => {
      await database.close();
      await client.end();
      await bare.end();
      await server.stop();
    },
  };
}
