import type { AuthorityTransaction, DeltaRecord } from '@claviger/authority';
import { decodeCbor, encodeCbor, listDeltaMessage } from '@claviger/protocol';
import { keyedQuery } from '../../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../../conversation.ts';
import { settleWanted } from '../wanted/store.ts';

function putDeltaOf(conversation: Conversation): AuthorityTransaction['putDelta'] {
  const { tx, deviceId } = conversation;
  return async ({ lockId, ownershipEpoch, list, signedAt, root, delta, keys }) => {
    const { entityId } = ownedBy(conversation);
    const named = { ...list, ownership_epoch: ownershipEpoch, signed_at: new Date(signedAt) };
    const body = Buffer.from(encodeCbor(listDeltaMessage.body.write(delta)));
    await keyedQuery(tx)
      .insertInto('list_deltas')
      .values({
        ...{ entity_id: entityId, lock_id: lockId, device_id: deviceId, ...named },
        ...{ root: Buffer.from(root), keys, delta: body },
      })
      .execute();
    await keyedQuery(tx)
      .updateTable('lock_lists')
      .set((set) => ({
        ...named,
        root: Buffer.from(root),
        changed_keys: set('changed_keys', '+', keys),
        ...{ wanted_at: null, wants_whole: false, sent_at: null, refused_at: null },
      }))
      .where('entity_id', '=', entityId)
      .where('lock_id', '=', lockId)
      .execute();
    await settleWanted(tx, { entityId, lockId }, list);
  };
}

function getDeltasOf({ tx, owned }: Conversation): AuthorityTransaction['getDeltas'] {
  return async (lockId, { incarnation, version }, limit) => {
    const rows = await keyedQuery(tx)
      .selectFrom('list_deltas')
      .where('entity_id', '=', owned?.entityId ?? '')
      .where('lock_id', '=', lockId)
      .where('incarnation', '=', incarnation)
      .where('version', '>', version)
      .orderBy('version')
      .limit(limit)
      .select(['incarnation', 'version', 'ownership_epoch', 'signed_at', 'root', 'keys', 'delta'])
      .execute();
    return rows.map((row): DeltaRecord => ({
      lockId,
      ownershipEpoch: row.ownership_epoch,
      list: { incarnation: row.incarnation, version: row.version },
      signedAt: row.signed_at,
      root: Uint8Array.from(row.root),
      delta: listDeltaMessage.body.read(decodeCbor(Uint8Array.from(row.delta))),
      keys: row.keys,
    }));
  };
}

/** What has changed the access lists of the device's locks. */
export function deltasOf(conversation: Conversation): Pick<AuthorityTransaction, 'putDelta' | 'getDeltas'> {
  return { putDelta: putDeltaOf(conversation), getDeltas: getDeltasOf(conversation) };
}
