import { openAudit, type ChainFault } from '../../src/platform/audit/index.ts';
import { contentHash, genesisOf, linkHash } from '../../src/platform/audit/chain/canonical.ts';
import { readEntries } from '../../src/platform/audit/chain/store.ts';
import { newIdentifier, type Database } from '../../src/platform/database/index.ts';
import { testSecret } from '../database-server.ts';

/** A database that a test, or the proof, may do anything to. */
export interface Test {
  readonly database: Database;
  asAdmin<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Chance from a seed: the same numbers for the same seed (mulberry32). */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Plants Entities with so many entries each, as the server adds them; gives the Entities. */
export async function plantChains(test: Test, chains: number, length: number): Promise<string[]> {
  const audit = openAudit({ installationSecret: testSecret, now: () => Date.UTC(2026, 10, 29) });
  const ownerId = newIdentifier();
  await test.asAdmin("insert into claviger.owners (id, name) values ($1, 'Owner')", [ownerId]);
  const entityIds = Array.from({ length: chains }, () => newIdentifier());
  await test.asAdmin(
    `insert into claviger.entities (id, owner_id, code, name, kind, zone)
      select id, $1, 'E' || n, 'Home', 'home', 'UTC' from unnest($2::uuid[]) with ordinality as e (id, n)`,
    [ownerId, entityIds],
  );
  for (const entityId of entityIds) {
    const userId = newIdentifier();
    await test.database.transact({ kind: 'entity', entityId }, async (tx) => {
      for (let number = 0; number < length; number += 1) {
        await audit.add(tx, {
          ...{ scope: 'entity', entityId, accountId: userId, operation: 'lock.update', objectType: 'lock' },
          ...{ objectId: entityId, outcome: 'done', requestId: `r-${number}`, address: '192.0.2.7' },
          ...{ before: { name: 'Door' }, after: { name: `Door ${number}` } },
        });
      }
    });
  }
  return entityIds;
}

/** One act of somebody who can write to the database, and where the chain is bad from then on. */
export interface Damage {
  readonly kind: 'edit' | 'edit_with_hash' | 'delete' | 'swap';
  readonly chain: string;
  readonly sequence: number;
  readonly what: string;
  readonly first: number;
}

/** How each column is edited: to something else, whatever it was. */
const edits = [
  'owner_id = gen_random_uuid()',
  'account_id = gen_random_uuid()',
  'user_id = gen_random_uuid()',
  'device_id = gen_random_uuid()',
  'mandate_id = gen_random_uuid()',
  'object_id = null',
  'subject_id = gen_random_uuid()',
  "actor = coalesce(actor, '') || '\\x00'",
  "operation = operation || 'd'",
  'object_type = null',
  "outcome = 'failed'",
  "code = 'not_found'",
  "cause = 'x'",
  "reason = 'because'",
  'before = null',
  `after = after || '{"by": "nobody"}'`,
  'count = count + 1',
  'first_at = at',
  "request_id = request_id || '0'",
  "address = '192.0.2.8'",
  "at = at - interval '1 day'",
  "at = at + interval '1 microsecond'",
  "scope = 'installation'",
  'previous = sha256(previous)',
  'hash = sha256(hash)',
] as const;

/** Takes away what would stop a tamperer who is careless, so that hashes alone have to find it. */
export async function dropGuards(test: Test): Promise<void> {
  const checks = await test.asAdmin<{ name: string }>(
    `select conname as name from pg_constraint
      where conrelid = 'claviger.audit_entries'::regclass and contype in ('c', 'f')`,
  );
  for (const { name } of checks) {
    await test.asAdmin('alter table claviger.audit_entries drop constraint '.concat(name));
  }
}

async function contentOf(test: Test, chain: string, sequence: number) {
  const [entry] = await test.database.transact({ kind: 'entity', entityId: chain }, (tx) =>
    readEntries(tx, { chain, after: sequence - 1, limit: 1 }),
  );
  if (!entry) throw new Error('the entry is there');
  return { previous: Uint8Array.from(entry.link.previous), content: contentHash(entry.evidence) };
}

/** Does one random thing to a chain of this length. */
export async function damage(
  test: Test,
  { chain, length }: { readonly chain: string; readonly length: number },
  chance: (below: number) => number,
): Promise<Damage> {
  const sequence = 1 + chance(length);
  const at = [chain, sequence];
  const kind = (['edit', 'delete', 'swap', 'edit_with_hash'] as const)[chance(4)] ?? 'edit';
  if (kind === 'delete') {
    await test.asAdmin('delete from claviger.audit_entries where chain = $1 and sequence = $2', at);
    return { kind, chain, sequence, what: 'delete', first: sequence };
  }
  if (kind === 'swap') {
    const other = 1 + ((sequence - 1 + 1 + chance(length - 1)) % length);
    const parked = 1_000_000;
    for (const [from, to] of [
      [sequence, parked],
      [other, sequence],
      [parked, other],
    ]) {
      await test.asAdmin(
        'update claviger.audit_entries set sequence = $3 where chain = $1 and sequence = $2',
        [chain, from, to],
      );
    }
    return { kind, chain, sequence, what: `with ${other}`, first: Math.min(sequence, other) };
  }
  const what = edits[chance(kind === 'edit' ? edits.length : edits.length - 4)] ?? edits[0];
  const text = `update claviger.audit_entries set ${what} where chain = $1 and sequence = $2`;
  await test.asAdmin(text, at);
  if (kind === 'edit') return { kind, chain, sequence, what, first: sequence };
  const { previous, content } = await contentOf(test, chain, sequence);
  const hash = Buffer.from(linkHash({ previous, sequence, content }));
  await test.asAdmin('update claviger.audit_entries set hash = $3 where chain = $1 and sequence = $2', [
    ...at,
    hash,
  ]);
  return { kind, chain, sequence, what, first: sequence === length ? sequence : sequence + 1 };
}

/** Cuts the end off, and lets the chain believe that this was always its end. */
export async function cutTail(test: Test, chain: string, last: number): Promise<void> {
  await test.asAdmin('delete from claviger.audit_entries where chain = $1 and sequence > $2', [chain, last]);
  await test.asAdmin(
    `update claviger.audit_chains c set sequence = e.sequence, previous = e.previous, hash = e.hash
      from claviger.audit_entries e where c.chain = $1 and e.chain = $1 and e.sequence = $2`,
    [chain, last],
  );
}

/** Changes one entry, and computes every hash from there on again, as whoever knows how would. */
export async function rehash(test: Test, chain: string, sequence: number): Promise<void> {
  await test.asAdmin(
    "update claviger.audit_entries set operation = 'nothing' where chain = $1 and sequence = $2",
    [chain, sequence],
  );
  const entries = await test.database.transact({ kind: 'entity', entityId: chain }, (tx) =>
    readEntries(tx, { chain, after: 0, limit: 100_000 }),
  );
  let previous = genesisOf(chain);
  for (const { link, evidence } of entries) {
    const hash = linkHash({ previous, sequence: link.sequence, content: contentHash(evidence) });
    await test.asAdmin(
      'update claviger.audit_entries set previous = $3, hash = $4 where chain = $1 and sequence = $2',
      [chain, link.sequence, Buffer.from(previous), Buffer.from(hash)],
    );
    await test.asAdmin('update claviger.audit_chains set previous = $2, hash = $3 where chain = $1', [
      chain,
      Buffer.from(previous),
      Buffer.from(hash),
    ]);
    previous = hash;
  }
}

/** Whether the fault that was found is the damage that was done, at its place. */
export function isFound({ first }: Damage, fault: ChainFault | undefined): boolean {
  return fault?.sequence === first;
}
