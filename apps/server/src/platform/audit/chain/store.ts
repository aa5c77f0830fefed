import type { Transaction } from '../../database/index.ts';
import type { JsonValue } from '../../database/connection/column-types.ts';
import { query, queryNamed } from '../../database/query.ts';
import type { AuditOutcome, AuditScope, Evidence, Link } from '../entry.ts';
import { contentHash, genesisOf } from './canonical.ts';

/** The columns of an entry besides its place in the chain, with their types, in the order of their values. */
const columns = {
  scope: 'text',
  entity_id: 'uuid',
  owner_id: 'uuid',
  account_id: 'uuid',
  user_id: 'uuid',
  device_id: 'uuid',
  actor: 'bytea',
  mandate_id: 'uuid',
  operation: 'text',
  object_type: 'text',
  object_id: 'uuid',
  outcome: 'text',
  code: 'text',
  cause: 'text',
  reason: 'text',
  subject_id: 'uuid',
  before: 'jsonb',
  after: 'jsonb',
  count: 'integer',
  first_at: 'timestamptz',
  request_id: 'text',
  address: 'text',
  at: 'timestamptz',
} as const;
const names = Object.keys(columns);
/** Chain, Entity, what stands before the first entry, and the hash of the content come first. */
const valuesBefore = 4;

/**
 * Takes the chain's last entry, adds the next one and makes it the last one in one statement, so that the row
 * is held for no longer than the commit. Who may add need not see: the entry itself is not returned.
 */
const appendText = `with head as (
    insert into claviger.audit_chains as c (chain, entity_id, sequence, previous, hash)
    values ($1::uuid, $2::uuid, 1, $3::bytea, sha256($3::bytea || int8send(1::bigint) || $4::bytea))
    on conflict (chain) do update set sequence = c.sequence + 1, previous = c.hash,
      hash = sha256(c.hash || int8send(c.sequence + 1) || $4::bytea)
    returning sequence, previous, hash),
  added as (
    insert into claviger.audit_entries (chain, sequence, previous, hash, ${names.join(', ')})
    select $1::uuid, head.sequence, head.previous, head.hash, ${Object.values(columns)
      .map((type, index) => `$${index + valuesBefore + 1}::${type}`)
      .join(', ')} from head)
  select sequence from head`;

function instantOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

function jsonOf(value: JsonValue | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function bytesOf(value: Uint8Array | null): Buffer | null {
  return value === null ? null : Buffer.from(value);
}

/**
 * Adds an entry at the end of its chain, in the scope that it names; gives its number. The last thing that a
 * transaction does: others who add to the same chain wait for its end.
 */
export async function appendEntry(tx: Transaction, evidence: Evidence): Promise<number> {
  const { chain, entityId } = evidence;
  const rows = await queryNamed<{ sequence: number }>(tx, {
    name: 'append_audit_entry',
    text: appendText,
    values: [
      ...[chain, entityId, Buffer.from(genesisOf(chain)), Buffer.from(contentHash(evidence))],
      ...[evidence.scope, entityId, evidence.ownerId, evidence.accountId, evidence.userId],
      ...[evidence.deviceId, bytesOf(evidence.actor), evidence.mandateId, evidence.operation],
      ...[evidence.objectType, evidence.objectId, evidence.outcome, evidence.code, evidence.cause],
      ...[evidence.reason, evidence.subjectId, jsonOf(evidence.before), jsonOf(evidence.after)],
      ...[evidence.count, instantOf(evidence.firstAt), evidence.requestId, evidence.address],
      instantOf(evidence.at),
    ],
  });
  return rows[0]?.sequence ?? 0;
}

interface EntryRow {
  sequence: number;
  previous: Uint8Array;
  hash: Uint8Array;
  chain: string;
  scope: AuditScope;
  entity_id: string | null;
  owner_id: string | null;
  account_id: string | null;
  user_id: string | null;
  device_id: string | null;
  actor: Uint8Array | null;
  mandate_id: string | null;
  operation: string;
  object_type: string | null;
  object_id: string | null;
  outcome: AuditOutcome;
  code: string | null;
  cause: string | null;
  reason: string | null;
  subject_id: string | null;
  before: JsonValue | null;
  after: JsonValue | null;
  count: number;
  first_at: number | null;
  request_id: string | null;
  address: string | null;
  at: number;
}

/** An entry as it stands in its chain. */
export interface StoredEntry {
  readonly link: Link;
  readonly evidence: Evidence;
}

/** What a row of `audit_entries` says. */
export function storedEntryOf(row: EntryRow): StoredEntry {
  const { sequence, previous, hash } = row;
  return {
    link: { sequence, previous, hash },
    evidence: {
      ...{ chain: row.chain, scope: row.scope, entityId: row.entity_id, ownerId: row.owner_id },
      ...{ accountId: row.account_id, userId: row.user_id, deviceId: row.device_id, actor: row.actor },
      ...{ mandateId: row.mandate_id, operation: row.operation, objectType: row.object_type },
      ...{ objectId: row.object_id, outcome: row.outcome, code: row.code, cause: row.cause },
      ...{ reason: row.reason, subjectId: row.subject_id, before: row.before, after: row.after },
      ...{ count: row.count, firstAt: row.first_at, requestId: row.request_id, address: row.address },
      at: row.at,
    },
  };
}

/** Instants exactly as they are kept: one that is finer than a millisecond was not written by the server. */
const exact = names.map((name) =>
  name === 'at' || name === 'first_at' ? `(extract(epoch from ${name}) * 1000)::text as ${name}` : name,
);
/** A number beyond what can be counted exactly was not written by the server either. */
const readText = `select chain, sequence, previous, hash, ${exact.join(', ')} from claviger.audit_entries
  where chain = $1 and sequence > $2 and sequence <= ${Number.MAX_SAFE_INTEGER} order by sequence limit $3`;

type ExactRow = Omit<EntryRow, 'at' | 'first_at'> & { at: string; first_at: string | null };

/** Entries of a chain after a number, in their order, exactly as they are kept. */
export async function readEntries(
  tx: Transaction,
  { chain, after, limit }: { readonly chain: string; readonly after: number; readonly limit: number },
): Promise<StoredEntry[]> {
  const rows = await queryNamed<ExactRow>(tx, {
    name: 'read_audit_entries',
    text: readText,
    values: [chain, after, limit],
  });
  return rows.map(({ at, first_at, ...row }) =>
    storedEntryOf({ ...row, at: Number(at), first_at: first_at === null ? null : Number(first_at) }),
  );
}

/** The last entry of a chain, as the chain itself remembers it. */
export interface Head {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: Uint8Array;
}

/** Scope: of the chain, or installation. */
export async function findHead(tx: Transaction, chain: string): Promise<Head | undefined> {
  return query(tx)
    .selectFrom('audit_chains')
    .where('chain', '=', chain)
    .select(['chain', 'sequence', 'hash'])
    .executeTakeFirst();
}

/** The heads of all chains at one moment, in the order of the chains. Scope: installation. */
export async function listHeads(tx: Transaction): Promise<Head[]> {
  return query(tx)
    .selectFrom('audit_chains')
    .orderBy('chain')
    .select(['chain', 'sequence', 'hash'])
    .execute();
}
