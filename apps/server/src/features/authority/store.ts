import type { AuthorityStore, AuthorityTransaction, OwnedDevice } from '@claviger/authority';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { keyedQuery, sqlInstant } from '../../platform/database/query.ts';
import { tellLive, type LiveNotice } from '../../platform/live/index.ts';
import { commandsOf } from './commands/store.ts';
import { ownedBy, type Conversation } from './conversation.ts';
import { listsOf } from './lists/store.ts';
import { historiesOf } from './log/histories/store.ts';
import { logOf, refusalsOf } from './log/store.ts';
import { restoredOf } from './restored/store.ts';

async function findOwned(tx: Transaction, deviceId: string): Promise<OwnedDevice | undefined> {
  const row = await keyedQuery(tx)
    .selectFrom('device_states as s')
    .innerJoin('devices as d', (join) =>
      join
        .onRef('d.id', '=', 's.device_id')
        .onRef('d.owner_entity_id', '=', 's.entity_id')
        .onRef('d.ownership_epoch', '=', 's.ownership_epoch'),
    )
    .leftJoin('installations as i', (join) => join.onTrue())
    .where('s.device_id', '=', deviceId)
    .select([
      's.entity_id',
      's.ownership_epoch',
      's.command_sequence',
      's.boot_nonce',
      's.boot_number',
      's.hello_number',
      's.is_online',
      's.last_heard_at',
      's.log_epoch',
      's.newest_log_epoch',
      's.doubt_since',
      's.doubt_cause',
      's.doubt_has_log',
      's.doubt_ended_at',
      's.log_broken_since',
      'd.identity_key',
      'i.incarnation',
    ])
    .forUpdate('s')
    .executeTakeFirst();
  if (!row?.identity_key) return undefined;
  const { doubt_since: since, doubt_cause: cause, doubt_has_log: isLogBegun } = row;
  return {
    entityId: row.entity_id,
    ownershipEpoch: row.ownership_epoch,
    identityKey: row.identity_key,
    commandSequence: row.command_sequence,
    bootNonce: row.boot_nonce ?? undefined,
    bootNumber: row.boot_number ?? 0,
    helloNumber: row.hello_number,
    isOnline: row.is_online,
    lastHeardAt: row.last_heard_at ?? undefined,
    logEpoch: row.newest_log_epoch,
    toldLogEpoch: row.log_epoch ?? undefined,
    doubt: since !== null && cause !== null ? { since, cause, isLogBegun } : undefined,
    doubtEndedAt: row.doubt_ended_at ?? undefined,
    incarnation: row.incarnation ?? undefined,
    logBrokenSince: row.log_broken_since ?? undefined,
  };
}

function locksOf({
  tx,
  deviceId,
  owned,
  tell,
}: Conversation): Pick<AuthorityTransaction, 'getLocks' | 'saveDoor' | 'saveMovement'> {
  return {
    getLocks: async () => {
      if (!owned) return [];
      const rows = await keyedQuery(tx)
        .selectFrom('locks')
        .where('entity_id', '=', owned.entityId)
        .where('device_id', '=', deviceId)
        .select(['id', 'number', 'status', 'openable_at'])
        .execute();
      return rows.map(({ id, number, status, openable_at }) => ({
        id,
        number,
        status,
        openableAt: openable_at,
      }));
    },
    saveDoor: async (lockId, { state, isTampered, at }) => {
      const entityId = owned?.entityId ?? '';
      const changed = await keyedQuery(tx)
        .insertInto('door_states')
        .values({ entity_id: entityId, lock_id: lockId, state, is_tampered: isTampered, since: new Date(at) })
        .onConflict((conflict) =>
          conflict
            .columns(['entity_id', 'lock_id'])
            .doUpdateSet({ state, is_tampered: isTampered, since: new Date(at) })
            .where((where) =>
              where.or([
                where('door_states.state', '<>', state),
                where('door_states.is_tampered', '<>', isTampered),
              ]),
            ),
        )
        .returning('lock_id')
        .execute();
      if (changed.length > 0) await tell({ topic: 'lock', id: lockId });
    },
    saveMovement: async (lockId, at) => {
      const moved = await keyedQuery(tx)
        .updateTable('door_states')
        .set({ since: new Date(at) })
        .where('entity_id', '=', owned?.entityId ?? '')
        .where('lock_id', '=', lockId)
        .where('since', '<', sqlInstant(at))
        .returning('lock_id')
        .execute();
      if (moved.length > 0) await tell({ topic: 'lock', id: lockId });
    },
  };
}

async function tellOfLocks({ tx, deviceId, tell }: Conversation): Promise<void> {
  const locks = await keyedQuery(tx)
    .selectFrom('locks')
    .where('device_id', '=', deviceId)
    .select('id')
    .execute();
  for (const { id } of locks) await tell({ topic: 'lock', id });
}

function presenceOf(conversation: Conversation): Pick<AuthorityTransaction, 'savePresence' | 'saveOffline'> {
  const { tx, deviceId } = conversation;
  const change = (entityId: string) =>
    keyedQuery(tx)
      .updateTable('device_states')
      .where('entity_id', '=', entityId)
      .where('device_id', '=', deviceId);
  return {
    savePresence: async (presence) => {
      const owned = ownedBy(conversation);
      await change(owned.entityId)
        .set({
          boot_nonce: Buffer.from(presence.bootNonce),
          boot_number: presence.bootNumber,
          hello_number: presence.helloNumber,
          agent_version: presence.agentVersion,
          log_epoch: presence.logEpoch,
          is_online: true,
          last_heard_at: new Date(presence.heardAt),
          offline_since: null,
        })
        .execute();
      if (!owned.isOnline) await tellOfLocks(conversation);
    },
    saveOffline: async (since) => {
      const owned = ownedBy(conversation);
      await change(owned.entityId)
        .set({ is_online: false, offline_since: new Date(since) })
        .execute();
      await tellOfLocks(conversation);
    },
  };
}

/**
 * The authority's view of a transaction that is already open, in the scope of the Entity or of the device
 * itself.
 */
export async function authorityTransaction(tx: Transaction, deviceId: string): Promise<AuthorityTransaction> {
  const owned = await findOwned(tx, deviceId);
  const tell = async (notice: LiveNotice): Promise<void> => {
    if (owned) await tellLive(tx, owned.entityId, notice);
  };
  const conversation: Conversation = { tx, deviceId, owned, tell };
  return {
    getDevice: () => Promise.resolve(owned),
    ...locksOf(conversation),
    ...presenceOf(conversation),
    ...commandsOf(conversation),
    ...logOf(conversation),
    ...historiesOf(conversation),
    ...refusalsOf(conversation),
    ...listsOf(conversation),
    ...restoredOf(conversation),
  };
}

/** The authority's store in PostgreSQL: every conversation runs in the scope of its device. */
export function postgresAuthorityStore(database: Database): AuthorityStore {
  return {
    transact: (deviceId, work) =>
      database.transact({ kind: 'device', deviceId: deviceId }, async (tx) =>
        work(await authorityTransaction(tx, deviceId)),
      ),
  };
}

/** Devices that count as online and were not heard since then; in the scope of the installation. */
export async function findSilentDevices(
  tx: Transaction,
  notHeardSince: number,
): Promise<readonly { deviceId: string; lastHeardAt: number }[]> {
  const rows = await keyedQuery(tx)
    .selectFrom('device_states')
    .where('is_online', '=', true)
    .where('last_heard_at', '<', sqlInstant(notHeardSince))
    .select(['device_id', 'last_heard_at'])
    .execute();
  return rows.map(({ device_id, last_heard_at }) => ({
    deviceId: device_id,
    lastHeardAt: last_heard_at ?? 0,
  }));
}
