import { attemptTypes, type AuthorityTransaction, type PastAttempt } from '@claviger/authority';
import type { ActivityType, OpeningMethod, Reason } from '@claviger/domain';
import { keyedQuery, sqlInstant } from '../../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../../conversation.ts';

type Remembering = Pick<AuthorityTransaction, 'getStored' | 'getSpent' | 'getDoubted' | 'getAttemptsSince'>;

/** The uses of Keys at the locks of a device. */
function usesOf(conversation: Conversation) {
  const { tx, deviceId } = conversation;
  return keyedQuery(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .where('b.entity_id', '=', ownedBy(conversation).entityId)
    .where('l.device_id', '=', deviceId)
    .select(['b.lock_id as lockId', 'b.key_id as keyId', 'b.uses_spent as spent']);
}

/** What is stored of all histories of a device. */
function remembering(conversation: Conversation): Remembering {
  const { tx, deviceId } = conversation;
  const events = () => {
    const { entityId, ownershipEpoch } = ownedBy(conversation);
    return keyedQuery(tx)
      .selectFrom('activity_events')
      .where('entity_id', '=', entityId)
      .where('device_id', '=', deviceId)
      .where('ownership_epoch', '=', ownershipEpoch);
  };
  const uses = () => usesOf(conversation);
  return {
    getStored: async (logEpoch, sequences) => {
      if (sequences.length === 0) return [];
      return events()
        .where('log_epoch', '=', logEpoch)
        .where('sequence', 'in', [...sequences])
        .orderBy('sequence')
        .select(['sequence', 'hash', 'at'])
        .execute();
    },
    getSpent: () =>
      uses()
        .where((eb) =>
          eb.or([
            eb('b.uses_spent', '>', 0),
            eb('b.is_count_unsure', '=', true),
            eb('b.counter_lost_at', 'is not', null),
          ]),
        )
        .select('b.is_count_unsure as isUnsure')
        .execute(),
    getDoubted: () =>
      uses()
        .where('b.counter_lost_at', 'is not', null)
        .where('b.is_count_unsure', '=', false)
        .orderBy('b.key_id')
        .execute(),
    getAttemptsSince: async (at) => {
      const rows = await events()
        .where('type', 'in', [...attemptTypes])
        .where('at', '>=', sqlInstant(at))
        .orderBy('at')
        .select(['lock_id', 'type', 'at', 'method', 'reason', 'key_id', 'reader_path'])
        .execute();
      return rows.map((row): PastAttempt => ({
        lockId: row.lock_id,
        type: row.type as ActivityType,
        at: row.at,
        method: (row.method ?? undefined) as OpeningMethod | undefined,
        reason: (row.reason ?? undefined) as Reason | undefined,
        key: row.key_id ?? undefined,
        path: row.reader_path ?? undefined,
      }));
    },
  };
}

/** The histories of a device whose disk went back in time, and that it did (decision record 0019). */
export function historiesOf(
  conversation: Conversation,
): Remembering & Pick<AuthorityTransaction, 'beginLog' | 'saveToldLog' | 'saveDoubt'> {
  const { tx, deviceId, tell } = conversation;
  const device = () =>
    keyedQuery(tx)
      .updateTable('device_states')
      .where('entity_id', '=', ownedBy(conversation).entityId)
      .where('device_id', '=', deviceId);
  return {
    ...remembering(conversation),
    beginLog: async (logEpoch, { storedThrough, lastHash }) => {
      const { entityId, ownershipEpoch } = ownedBy(conversation);
      await keyedQuery(tx)
        .insertInto('event_logs')
        .values({
          entity_id: entityId,
          device_id: deviceId,
          ownership_epoch: ownershipEpoch,
          log_epoch: logEpoch,
          stored_through: storedThrough,
          last_hash: Buffer.from(lastHash),
        })
        .execute();
      await device().set({ newest_log_epoch: logEpoch }).execute();
    },
    saveToldLog: async (logEpoch) => {
      await device().set({ log_epoch: logEpoch }).execute();
    },
    saveDoubt: async (doubt, at) => {
      await device()
        .set({
          doubt_since: doubt ? new Date(doubt.since) : null,
          doubt_cause: doubt?.cause ?? null,
          doubt_has_log: doubt?.isLogBegun ?? false,
          ...(!doubt && { doubt_ended_at: new Date(at) }),
        })
        .execute();
      const locks = await keyedQuery(tx)
        .selectFrom('locks')
        .where('device_id', '=', deviceId)
        .select('id')
        .execute();
      for (const { id } of locks) await tell({ topic: 'lock', id });
    },
  };
}
