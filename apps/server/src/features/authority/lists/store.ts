import type { AuthorityTransaction, ListState, ListVersion } from '@claviger/authority';
import { sql } from 'kysely';
import { addJob, type Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../conversation.ts';

/** The job that compiles the list of one lock. */
export const compileListTask = 'compile_list';

interface LockOfDevice {
  readonly entityId: string;
  readonly lockId: string;
  readonly deviceId: string;
}

/**
 * Asks for a new access list of a lock, because something that it says changes: marked and queued in the
 * transaction of the change, and before it, so that changes and lists of one lock follow each other. Scope:
 * the Entity or the device.
 */
export async function wantListOf(tx: Transaction, lock: LockOfDevice, at: number): Promise<void> {
  const { entityId, lockId, deviceId } = lock;
  const wanted_at = new Date(at);
  await query(tx)
    .insertInto('lock_lists')
    .values({ entity_id: entityId, lock_id: lockId, device_id: deviceId, wanted_at })
    .onConflict((conflict) => conflict.columns(['entity_id', 'lock_id']).doUpdateSet({ wanted_at }))
    .execute();
  const payload = { entityId, lockId };
  await addJob(tx, { task: compileListTask, payload, key: `${compileListTask}:${lockId}` });
}

function namedList(incarnation: number | null, version: number | null): ListVersion | undefined {
  return incarnation === null || version === null ? undefined : { incarnation, version };
}

type Reading = Pick<AuthorityTransaction, 'getListStates' | 'getNewestList'>;

function readingOf({ tx, deviceId, owned }: Conversation): Reading {
  return {
    getListStates: async () => {
      if (!owned) return [];
      const rows = await query(tx)
        .selectFrom('lock_lists')
        .where('entity_id', '=', owned.entityId)
        .where('device_id', '=', deviceId)
        .selectAll()
        .execute();
      return rows.map((row): ListState => {
        const newest = namedList(row.incarnation, row.version);
        return {
          lockId: row.lock_id,
          newest: newest && { ...newest, ownershipEpoch: row.ownership_epoch ?? 0 },
          sentAt: row.sent_at ?? undefined,
          told: namedList(row.told_incarnation, row.told_version),
          reportOwedSince: row.report_owed_since ?? undefined,
          areUsesOwed: row.uses_owed,
        };
      });
    },
    getNewestList: async (lockId) => {
      const row = await query(tx)
        .selectFrom('access_lists as a')
        .innerJoin('lock_lists as l', (join) =>
          join
            .onRef('l.entity_id', '=', 'a.entity_id')
            .onRef('l.lock_id', '=', 'a.lock_id')
            .onRef('l.incarnation', '=', 'a.incarnation')
            .onRef('l.version', '=', 'a.version'),
        )
        .where('a.entity_id', '=', owned?.entityId ?? '')
        .where('a.lock_id', '=', lockId)
        .select(['a.incarnation', 'a.version', 'a.ownership_epoch', 'a.signed_at', 'a.hash', 'a.encoded'])
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        lockId,
        ownershipEpoch: row.ownership_epoch,
        list: { incarnation: row.incarnation, version: row.version },
        signedAt: row.signed_at,
        hash: row.hash,
        encoded: row.encoded,
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
    await query(tx)
      .insertInto('access_lists')
      .values({ ...place, ...named, hash: Buffer.from(hash), encoded: Buffer.from(encoded) })
      .execute();
    const newest = { ...named, device_id: deviceId, wanted_at: null, sent_at: null, refused_at: null };
    await query(tx)
      .insertInto('lock_lists')
      .values({ ...place, ...newest })
      .onConflict((conflict) => conflict.columns(['entity_id', 'lock_id']).doUpdateSet(newest))
      .execute();
    await query(tx)
      .updateTable('bindings')
      .set({ listed_incarnation: list.incarnation, listed_version: list.version })
      .where('entity_id', '=', entityId)
      .where('lock_id', '=', lockId)
      .where('listed_version', 'is', null)
      .execute();
  };
}

interface Told {
  /** Not given: the door has no list. */
  readonly told: ListVersion | undefined;
  readonly at: number;
}

/** Notes what the door decides by; returns whether it is news. */
async function noteTold(
  { tx }: Conversation,
  place: { readonly entityId: string; readonly lockId: string },
  { told, at }: Told,
): Promise<boolean> {
  const [incarnation, version] = [told?.incarnation ?? null, told?.version ?? null];
  const changed = await query(tx)
    .updateTable('lock_lists')
    .set({ told_incarnation: incarnation, told_version: version, told_at: told ? new Date(at) : null })
    .where('entity_id', '=', place.entityId)
    .where('lock_id', '=', place.lockId)
    .where(
      sql<boolean>`(told_incarnation, told_version)
        is distinct from (${incarnation}::bigint, ${version}::bigint)`,
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
  await query(tx)
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
  await query(tx)
    .updateTable('bindings')
    .set({ enforced_at: new Date(at) })
    .where('entity_id', '=', place.entityId)
    .where('lock_id', '=', place.lockId)
    .where('enforced_at', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('access_lists')
          .where('entity_id', '=', place.entityId)
          .where('lock_id', '=', place.lockId)
          .where('incarnation', '=', incarnation)
          .where('version', '=', version)
          .select('version'),
      ),
    )
    .where(sql<boolean>`(listed_incarnation, listed_version) <= (${incarnation}::bigint, ${version}::bigint)`)
    .execute();
}

type ListMethods =
  'getListStates' | 'getNewestList' | 'putList' | 'saveListSent' | 'saveListTold' | 'wantList';

/** The access lists of the device's locks. */
export function listsOf(conversation: Conversation): Pick<AuthorityTransaction, ListMethods> {
  const { tx, deviceId, tell } = conversation;
  return {
    ...readingOf(conversation),
    putList: putListOf(conversation),
    saveListSent: async (lockId, at) => {
      await query(tx)
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
    wantList: async (lockId, at) => {
      const { entityId } = ownedBy(conversation);
      await wantListOf(tx, { entityId, lockId, deviceId }, at);
    },
  };
}
