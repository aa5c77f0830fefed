import type {
  AuthorityTransaction,
  ListState,
  ListTransaction,
  ListVersion,
  ToldList,
} from '@claviger/authority';
import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import { keyedQuery } from '../../../platform/database/query.ts';
import type { LockListsTable, Tables } from '../../../platform/database/tables.ts';
import { ownedBy, type Conversation } from '../conversation.ts';
import { deltasOf } from './deltas/store.ts';
import { findWanted, hastenListOf, settleWanted, wantKeysAt, wantListOf } from './wanted/store.ts';

function namedList(incarnation: number | null, version: number | null): ListVersion | undefined {
  return incarnation === null || version === null ? undefined : { incarnation, version };
}

/** A list of before roots has none that any door could name. */
const noRoot = new Uint8Array(32);

function newestOf(row: Selectable<LockListsTable>): ListState['newest'] {
  const list = namedList(row.incarnation, row.version);
  return (
    list && {
      ...list,
      ownershipEpoch: row.ownership_epoch ?? 0,
      signedAt: row.signed_at ?? 0,
      root: row.root ? Uint8Array.from(row.root) : noRoot,
      whole: { version: row.whole_version ?? list.version, keys: row.whole_keys },
      changedKeys: row.changed_keys,
    }
  );
}

function stateOf(row: Selectable<LockListsTable>): ListState {
  const told = namedList(row.told_incarnation, row.told_version);
  return {
    lockId: row.lock_id,
    newest: newestOf(row),
    sentAt: row.sent_at ?? undefined,
    told: told && { ...told, root: row.told_root ? Uint8Array.from(row.told_root) : undefined },
    reportOwedSince: row.report_owed_since ?? undefined,
    areUsesOwed: row.uses_owed,
    wantedAt: row.wanted_at ?? undefined,
  };
}

type Reading = Pick<AuthorityTransaction, 'getListStates' | 'getNewestWhole'>;

function readingOf({ tx, deviceId, owned }: Conversation): Reading {
  return {
    getListStates: async () => {
      if (!owned) return [];
      const rows = await keyedQuery(tx)
        .selectFrom('lock_lists')
        .where('entity_id', '=', owned.entityId)
        .where('device_id', '=', deviceId)
        .selectAll()
        .execute();
      return rows.map(stateOf);
    },
    getNewestWhole: async (lockId) => {
      const row = await keyedQuery(tx)
        .selectFrom('access_lists as a')
        .innerJoin('lock_lists as l', (join) =>
          join
            .onRef('l.entity_id', '=', 'a.entity_id')
            .onRef('l.lock_id', '=', 'a.lock_id')
            .onRef('l.incarnation', '=', 'a.incarnation')
            .onRef('l.whole_version', '=', 'a.version'),
        )
        .where('a.entity_id', '=', owned?.entityId ?? '')
        .where('a.lock_id', '=', lockId)
        .select(['a.incarnation', 'a.version', 'a.ownership_epoch', 'a.signed_at', 'a.hash', 'a.encoded'])
        .select('l.whole_keys')
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        lockId,
        ownershipEpoch: row.ownership_epoch,
        list: { incarnation: row.incarnation, version: row.version },
        signedAt: row.signed_at,
        hash: row.hash,
        encoded: row.encoded,
        keys: row.whole_keys,
      };
    },
  };
}

function putListOf(conversation: Conversation): AuthorityTransaction['putList'] {
  const { tx, deviceId } = conversation;
  return async (record) => {
    const { entityId } = ownedBy(conversation);
    const { lockId, ownershipEpoch, list, hash, encoded } = record;
    const named = { ...list, ownership_epoch: ownershipEpoch, signed_at: new Date(record.signedAt) };
    const place = { entity_id: entityId, lock_id: lockId, device_id: deviceId };
    await keyedQuery(tx)
      .insertInto('access_lists')
      .values({ ...place, ...named, hash: Buffer.from(hash), encoded: Buffer.from(encoded) })
      .execute();
    const newest = {
      ...{ ...named, device_id: deviceId, wanted_at: null, wants_whole: false },
      ...{ sent_at: null, refused_at: null, root: Buffer.from(hash) },
      ...{ whole_version: list.version, whole_signed_at: new Date(record.signedAt) },
      ...{ whole_keys: record.keys, changed_keys: 0 },
    };
    await keyedQuery(tx)
      .insertInto('lock_lists')
      .values({ ...place, ...newest })
      .onConflict((conflict) => conflict.columns(['entity_id', 'lock_id']).doUpdateSet(newest))
      .execute();
    await settleWanted(tx, { entityId, lockId }, list);
  };
}

interface Told {
  /** Not given: the door has no list. */
  readonly told: ToldList | undefined;
  readonly at: number;
}

/** Notes what the door decides by; returns whether it is news. */
async function noteTold(
  { tx }: Conversation,
  place: { readonly entityId: string; readonly lockId: string },
  { told, at }: Told,
): Promise<boolean> {
  const [incarnation, version] = [told?.incarnation ?? null, told?.version ?? null];
  const root = told?.root ? Buffer.from(told.root) : null;
  const changed = await keyedQuery(tx)
    .updateTable('lock_lists')
    .set({
      ...{ told_incarnation: incarnation, told_version: version, told_root: root },
      told_at: told ? new Date(at) : null,
    })
    .where('entity_id', '=', place.entityId)
    .where('lock_id', '=', place.lockId)
    .where(
      sql<boolean>`(told_incarnation, told_version, told_root)
        is distinct from (${incarnation}::bigint, ${version}::bigint, ${root}::bytea)`,
    )
    .returning('lock_id')
    .execute();
  return changed.length > 0;
}

/** A door that went back to an older list, or to none, does not enforce what only a later one carried. */
async function noteUnenforced(
  { tx }: Conversation,
  place: { readonly entityId: string; readonly lockId: string },
  told: ListVersion | undefined,
): Promise<void> {
  const { incarnation, version } = told ?? { incarnation: 0, version: 0 };
  await keyedQuery(tx)
    .updateTable('bindings')
    .set({ enforced_at: null })
    .where('entity_id', '=', place.entityId)
    .where('lock_id', '=', place.lockId)
    .where('enforced_at', 'is not', null)
    .where(sql<boolean>`(listed_incarnation, listed_version) > (${incarnation}::bigint, ${version}::bigint)`)
    .execute();
}

/**
 * What this list or an earlier one carried is enforced from now on; but for a list that this server never
 * made, or has forgotten with a backup.
 */
async function noteEnforced(
  { tx }: Conversation,
  place: { readonly entityId: string; readonly lockId: string },
  { incarnation, version, at }: ListVersion & { readonly at: number },
): Promise<void> {
  const isMade = (where: ExpressionBuilder<Tables, 'bindings'>, table: 'access_lists' | 'list_deltas') =>
    where.exists(
      where
        .selectFrom(table)
        .where('entity_id', '=', place.entityId)
        .where('lock_id', '=', place.lockId)
        .where('incarnation', '=', incarnation)
        .where('version', '=', version)
        .select('version'),
    );
  await keyedQuery(tx)
    .updateTable('bindings')
    .set({ enforced_at: new Date(at) })
    .where('entity_id', '=', place.entityId)
    .where('lock_id', '=', place.lockId)
    .where('enforced_at', 'is', null)
    .where((where) => where.or([isMade(where, 'access_lists'), isMade(where, 'list_deltas')]))
    .where(sql<boolean>`(listed_incarnation, listed_version) <= (${incarnation}::bigint, ${version}::bigint)`)
    .execute();
}

/** The access lists of the device's locks. */
export function listsOf(conversation: Conversation): ListTransaction {
  const { tx, deviceId, tell } = conversation;
  return {
    ...readingOf(conversation),
    ...deltasOf(conversation),
    putList: putListOf(conversation),
    saveListSent: async (lockId, at) => {
      await keyedQuery(tx)
        .updateTable('lock_lists')
        .set({ sent_at: new Date(at) })
        .where('entity_id', '=', ownedBy(conversation).entityId)
        .where('lock_id', '=', lockId)
        .execute();
    },
    saveListTold: async (lockId, told, at) => {
      const place = { entityId: ownedBy(conversation).entityId, lockId };
      if (!(await noteTold(conversation, place, { told, at }))) return;
      if (told) await noteEnforced(conversation, place, { ...told, at });
      await noteUnenforced(conversation, place, told);
      await tell({ topic: 'lock', id: lockId });
    },
    getWanted: (lockId) => findWanted(tx, { entityId: ownedBy(conversation).entityId, lockId }),
    wantList: async (lockId, at) => {
      const { entityId } = ownedBy(conversation);
      await wantListOf(tx, { entityId, lockId, deviceId }, at);
    },
    wantKeys: async (lockId, keyIds, at) => {
      const { entityId } = ownedBy(conversation);
      await wantKeysAt(tx, { entityId, lockId, deviceId, keyIds }, at);
    },
    hastenList: (lockId) => hastenListOf(tx, { entityId: ownedBy(conversation).entityId, lockId }),
  };
}
