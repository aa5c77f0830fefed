import type { AuthorityTransaction, EventRecord } from '@claviger/authority';
import { emptyLogHash } from '@claviger/protocol';
import { keyedQuery } from '../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../conversation.ts';
import { findNamedKeys, keyColumns, noteKeys, type NamedKey } from './keys-of-events/store.ts';

interface Received {
  readonly at: number;
  readonly keys: ReadonlyMap<string, NamedKey>;
}

/** The holder of the Key, or who asked for the command; as each was called then. */
function nameOf(event: EventRecord, conversation: Conversation, { keys }: Received) {
  const holder = event.key === undefined ? undefined : keys.get(event.key)?.holder;
  if (holder !== undefined || event.commandId === undefined) return holder ?? null;
  return keyedQuery(conversation.tx)
    .selectFrom('commands')
    .where('entity_id', '=', ownedBy(conversation).entityId)
    .where('id', '=', event.commandId)
    .select('requested_by_name');
}

/** Who asked for the command in the Portal; a command that presents a Key has nobody but its holder. */
function userOf({ commandId }: EventRecord, conversation: Conversation) {
  if (commandId === undefined) return null;
  return keyedQuery(conversation.tx)
    .selectFrom('commands')
    .where('entity_id', '=', ownedBy(conversation).entityId)
    .where('id', '=', commandId)
    .where('key_id', 'is', null)
    .select('requested_by');
}

/** The Key by which a lock was unlocked; where a command presented it, the door names that alone. */
function keyOfUnlocking({ type, key, commandId }: EventRecord, conversation: Conversation) {
  if (type !== 'lock_unlocked' || key !== undefined || commandId === undefined) return undefined;
  const key_id = keyedQuery(conversation.tx)
    .selectFrom('commands')
    .where('entity_id', '=', ownedBy(conversation).entityId)
    .where('id', '=', commandId)
    .select('key_id');
  return { key_id };
}

function rowOf(event: EventRecord, conversation: Conversation, received: Received) {
  const { entityId, ownershipEpoch } = ownedBy(conversation);
  return {
    ...keyColumns(event, received.keys),
    ...keyOfUnlocking(event, conversation),
    entity_id: entityId,
    device_id: conversation.deviceId,
    ownership_epoch: ownershipEpoch,
    log_epoch: event.logEpoch,
    sequence: event.sequence,
    lock_id: event.lockId,
    lock_name: keyedQuery(conversation.tx)
      .selectFrom('locks')
      .where('entity_id', '=', entityId)
      .where('id', '=', event.lockId)
      .select('name'),
    person_name: nameOf(event, conversation, received),
    user_id: userOf(event, conversation),
    type: event.type,
    at: new Date(event.at),
    uncertainty_ms: event.uncertaintyMs,
    received_at: new Date(received.at),
    method: event.method ?? null,
    reason: event.reason ?? null,
    command_id: event.commandId ?? null,
    detail: event.detail ?? null,
    unknown_since: event.since === undefined ? null : new Date(event.since),
    hash: Buffer.from(event.hash),
  };
}

/** The log of the device, as far as it is stored. */
export function logOf(conversation: Conversation): Pick<AuthorityTransaction, 'getLog' | 'appendEvents'> {
  const { tx, deviceId, tell } = conversation;
  return {
    getLog: async (logEpoch) => {
      const { entityId, ownershipEpoch } = ownedBy(conversation);
      const row = await keyedQuery(tx)
        .selectFrom('event_logs')
        .where('entity_id', '=', entityId)
        .where('device_id', '=', deviceId)
        .where('ownership_epoch', '=', ownershipEpoch)
        .where('log_epoch', '=', logEpoch)
        .select(['stored_through', 'last_hash'])
        .executeTakeFirst();
      return { storedThrough: row?.stored_through ?? 0, lastHash: row?.last_hash ?? emptyLogHash };
    },
    appendEvents: async (logEpoch, events, receivedAt) => {
      const [first, last] = [events[0], events.at(-1)];
      if (!first || !last) return;
      const { entityId, ownershipEpoch } = ownedBy(conversation);
      const received = { at: receivedAt, keys: await findNamedKeys(conversation, events) };
      await keyedQuery(tx)
        .insertInto('activity_events')
        .values(events.map((event) => rowOf(event, conversation, received)))
        .execute();
      await noteKeys(conversation, events, received.keys);
      const position = { stored_through: last.sequence, last_hash: Buffer.from(last.hash) };
      await keyedQuery(tx)
        .insertInto('event_logs')
        .values({
          entity_id: entityId,
          device_id: deviceId,
          ownership_epoch: ownershipEpoch,
          log_epoch: logEpoch,
          ...position,
        })
        .onConflict((conflict) =>
          conflict.columns(['entity_id', 'device_id', 'ownership_epoch', 'log_epoch']).doUpdateSet(position),
        )
        .execute();
      await tell({ topic: 'stored', deviceId, logEpoch, from: first.sequence, through: last.sequence });
    },
  };
}

/** Messages of the device that were refused: one row a day and cause. */
export function refusalsOf(conversation: Conversation): Pick<AuthorityTransaction, 'noteRefusal'> {
  return {
    noteRefusal: async (cause, at) => {
      const when = new Date(at);
      await keyedQuery(conversation.tx)
        .insertInto('message_refusals')
        .values({
          entity_id: ownedBy(conversation).entityId,
          device_id: conversation.deviceId,
          day: when.toISOString().slice(0, 10),
          cause,
          first_at: when,
          last_at: when,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['entity_id', 'device_id', 'day', 'cause'])
            .doUpdateSet((set) => ({ count: set('message_refusals.count', '+', 1), last_at: when })),
        )
        .execute();
    },
  };
}
