/**
 * What the chain costs: changes with their audit entry a second, against the same changes whose entry is
 * sealed and inserted just so, without a chain. On a real disk, with fsync, eight writers at once; in one
 * Entity, where all of them wait for one head, and in as many Entities as there are writers.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openAudit, type NewEntry } from '../apps/server/src/platform/audit/index.ts';
import { sealEntry } from '../apps/server/src/platform/audit/sealing.ts';
import { startEmbedded } from '../apps/server/src/platform/database/embedded/index.ts';
import { openDatabase, type Database, type Transaction } from '../apps/server/src/platform/database/index.ts';
import { queryNamed } from '../apps/server/src/platform/database/query.ts';
import { deriveSecret, Secret } from '../apps/server/src/platform/secrets/index.ts';
import { figureOf, interleave, wallSeconds, type Contender, type Figure } from './harness.ts';

const writers = 8;
const secret = new Secret('the installation secret of the bench');
const audit = openAudit({ installationSecret: secret, now: () => Date.now() });
const sealingKey = deriveSecret(secret, 'audit subjects');

/** The table of the anchor: the same columns, keys and policies, and no chain. */
const plainTable = `
  create table claviger.plain_entries (like claviger.audit_entries including all);
  alter table claviger.plain_entries enable row level security, force row level security;
  create policy entity_adds on claviger.plain_entries for insert
    with check (entity_id = claviger.scope_entity());
  grant insert on claviger.plain_entries to claviger_app`;

type AddEntry = (tx: Transaction, entry: NewEntry) => Promise<void>;

const addChained: AddEntry = (tx, entry) => audit.add(tx, entry);

/** Seals the entry as the chain does, and inserts it. */
const addPlain: AddEntry = async (tx, entry) => {
  const sealed = await sealEntry(tx, { at: Date.now(), ...entry }, sealingKey);
  await queryNamed(tx, {
    name: 'add_plain_entry',
    text: `insert into claviger.plain_entries (chain, sequence, previous, hash, scope, entity_id, account_id,
        user_id, actor, operation, object_type, object_id, outcome, before, after, request_id, at)
      values ($1, $2, $3, $3, $4, $1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      ...[sealed.chain, Math.ceil(Math.random() * Number.MAX_SAFE_INTEGER), Buffer.alloc(32), sealed.scope],
      ...[sealed.accountId, sealed.userId, sealed.actor && Buffer.from(sealed.actor), sealed.operation],
      ...[sealed.objectType, sealed.objectId, sealed.outcome, JSON.stringify(sealed.before)],
      ...[JSON.stringify(sealed.after), sealed.requestId, new Date(sealed.at)],
    ],
  });
};

/** Who acts, and where. */
interface Place {
  readonly entityId: string;
  readonly userId: string;
}

/** A change that touches no row of another writer, with its entry. */
async function change(database: Database, { entityId, userId }: Place, add: AddEntry): Promise<void> {
  const accountId = userId;
  await database.transact({ kind: 'entity', entityId }, async (tx) => {
    await queryNamed(tx, {
      name: 'bench_change',
      text: `insert into claviger.idempotency_keys (entity_id, account_id, key, request_hash)
        values ($1, $2, $3, $4)`,
      values: [entityId, accountId, randomUUID(), Buffer.alloc(32)],
    });
    await add(tx, {
      ...{ scope: 'entity', entityId, accountId, userId, operation: 'lock.update', objectType: 'lock' },
      ...{ objectId: entityId, outcome: 'done', requestId: randomUUID(), address: '192.0.2.7' },
      ...{ before: { name: 'Front door', location: 'Yard' }, after: { name: 'Door', location: 'Yard' } },
    });
  });
}

/** All writers at once, each in its place. */
function writing(database: Database, places: readonly Place[], add: AddEntry): Contender['run'] {
  return async (times) => {
    await Promise.all(
      places.map(async (place) => {
        for (let time = 0; time < Math.ceil(times / writers); time += 1) await change(database, place, add);
      }),
    );
  };
}

/** An Owner with so many Entities and a manager of all of them. */
async function plant(admin: Client): Promise<Place[]> {
  const [ownerId, userId] = [randomUUID(), randomUUID()];
  await admin.query("insert into claviger.owners (id, name) values ($1, 'Owner')", [ownerId]);
  await admin.query(
    `insert into claviger.users (id, owner_id, account_id, name, email)
      values ($1, $2, $1, 'Ada', 'ada@example.com')`,
    [userId, ownerId],
  );
  const places = Array.from({ length: writers }, () => ({ entityId: randomUUID(), userId }));
  for (const { entityId } of places) {
    await admin.query(
      `insert into claviger.entities (id, owner_id, code, name, kind, zone)
        values ($1::uuid, $2, upper(left($1::uuid::text, 8)), 'Home', 'home', 'UTC')`,
      [entityId, ownerId],
    );
    await admin.query(
      `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
        values ($1, $2, $3, $2, 'community_manager')`,
      [entityId, userId, ownerId],
    );
  }
  return places;
}

async function measure(adminUrl: Secret): Promise<Figure[]> {
  const database = await openDatabase({ adminUrl, installationSecret: secret, report: () => undefined });
  const admin = new Client({ connectionString: adminUrl.revealText() });
  await admin.connect();
  try {
    await admin.query(plainTable);
    const homes = await plant(admin);
    const one = homes.map(() => homes[0]).filter((place) => place !== undefined);
    const all = await interleave(
      [
        { name: 'one Entity, chained', run: writing(database, one, addChained) },
        { name: 'one Entity, plain insert', run: writing(database, one, addPlain) },
        { name: 'eight Entities, chained', run: writing(database, homes, addChained) },
        { name: 'eight Entities, plain insert', run: writing(database, homes, addPlain) },
      ],
      { clock: wallSeconds },
    );
    const figure = (where: string, atLeast: number): Figure =>
      figureOf(all, {
        ...{ figure: `audited changes, ${where}`, atLeast },
        ...{ ours: `${where}, chained`, anchor: `${where}, plain insert` },
      });
    return [figure('one Entity', 0.05), figure('eight Entities', 0.5)];
  } finally {
    await admin.end();
    await database.close();
  }
}

/** Audited changes a second, with the chain and without. */
export async function auditFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
  const embedded = await startEmbedded({ folder: join(folder, 'postgres'), report: () => undefined });
  try {
    return await measure(embedded.adminUrl);
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true });
  }
}
