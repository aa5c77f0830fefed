import type { ReportedPiece, RestoredTransaction } from '@claviger/authority';
import { sql } from 'kysely';
import { addJob, newIdentifier } from '../../../platform/database/index.ts';
import { keyedQuery, sqlInstant } from '../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../conversation.ts';

/** The job that ends what a list which a door has given back had ended. */
export const takeReportTask = 'take_report';

type ListWork =
  'hasList' | 'oweReport' | 'settleReport' | 'getReported' | 'putReported' | 'takeReported' | 'settleUses';

/** Where the rows of one lock lie. */
function placeOf(conversation: Conversation, lockId: string) {
  return { entity_id: ownedBy(conversation).entityId, lock_id: lockId };
}

function changeLock(conversation: Conversation, lockId: string) {
  const { entity_id, lock_id } = placeOf(conversation, lockId);
  return keyedQuery(conversation.tx)
    .updateTable('lock_lists')
    .where('entity_id', '=', entity_id)
    .where('lock_id', '=', lock_id);
}

function bindingsAt(conversation: Conversation, lockId: string) {
  const { entity_id, lock_id } = placeOf(conversation, lockId);
  return keyedQuery(conversation.tx)
    .updateTable('bindings')
    .where('entity_id', '=', entity_id)
    .where('lock_id', '=', lock_id);
}

/**
 * Where a door names what it doubts, no use is missing of a Key of which it said nothing and nothing is
 * stored; one that it had let in it may have forgotten.
 */
async function settleUses(conversation: Conversation, lockId: string, areAllNamed: boolean): Promise<void> {
  await changeLock(conversation, lockId).set({ uses_owed: false }).execute();
  if (!areAllNamed) return;
  await bindingsAt(conversation, lockId)
    .where('counter_lost_at', 'is', null)
    .where('uses_spent', '=', 0)
    .set({ is_count_unsure: false })
    .execute();
}

async function forgetPieces(conversation: Conversation, lockId: string): Promise<void> {
  const { entity_id, lock_id } = placeOf(conversation, lockId);
  await keyedQuery(conversation.tx)
    .deleteFrom('reported_pieces')
    .where('entity_id', '=', entity_id)
    .where('lock_id', '=', lock_id)
    .execute();
}

async function putPiece(conversation: Conversation, lockId: string, given: ReportedPiece): Promise<void> {
  const { list, head, index, pieces, piece } = given;
  const place = placeOf(conversation, lockId);
  await keyedQuery(conversation.tx)
    .deleteFrom('reported_pieces')
    .where('entity_id', '=', place.entity_id)
    .where('lock_id', '=', lockId)
    .where(sql<boolean>`(incarnation, version) <> (${list.incarnation}::bigint, ${list.version}::bigint)`)
    .execute();
  const row = { ...place, device_id: conversation.deviceId, ...list, index, pieces };
  await keyedQuery(conversation.tx)
    .insertInto('reported_pieces')
    .values({ ...row, head: Buffer.from(head), piece: Buffer.from(piece) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What became known at a lock after the last restore, for people; nothing where there was none. */
async function noteFinding(
  conversation: Conversation,
  lockId: string,
  finding: { readonly kind: 'nothing' | 'unproven'; readonly at: number },
): Promise<void> {
  const { tx, deviceId } = conversation;
  const restore = await keyedQuery(tx)
    .selectFrom('restores')
    .select('incarnation')
    .orderBy('incarnation', 'desc')
    .executeTakeFirst();
  if (!restore) return;
  const row = { ...placeOf(conversation, lockId), id: newIdentifier(), device_id: deviceId, found: '{}' };
  await keyedQuery(tx)
    .insertInto('restore_findings')
    .values({
      ...row,
      restore_incarnation: restore.incarnation,
      kind: finding.kind,
      at: new Date(finding.at),
    })
    .execute();
}

function reportsOf(conversation: Conversation): Pick<RestoredTransaction, ListWork> {
  const { tx } = conversation;
  return {
    hasList: async (lockId, { incarnation, version }) => {
      const { entity_id } = placeOf(conversation, lockId);
      const found = (table: 'access_lists' | 'list_deltas') =>
        keyedQuery(tx)
          .selectFrom(table)
          .where('entity_id', '=', entity_id)
          .where('lock_id', '=', lockId)
          .where('incarnation', '=', incarnation)
          .where('version', '=', version)
          .select('version');
      return (await found('access_lists').unionAll(found('list_deltas')).executeTakeFirst()) !== undefined;
    },
    oweReport: async (lockId, at) => {
      const row = { ...placeOf(conversation, lockId), device_id: conversation.deviceId };
      const report_owed_since = new Date(at);
      await keyedQuery(tx)
        .insertInto('lock_lists')
        .values({ ...row, report_owed_since })
        .onConflict((conflict) =>
          conflict.columns(['entity_id', 'lock_id']).doUpdateSet({ report_owed_since }),
        )
        .execute();
    },
    settleReport: async (lockId, at, cause) => {
      await changeLock(conversation, lockId).set({ report_owed_since: null }).execute();
      await forgetPieces(conversation, lockId);
      await noteFinding(conversation, lockId, { kind: cause ?? 'nothing', at });
    },
    getReported: async (lockId) => {
      const { entity_id } = placeOf(conversation, lockId);
      const rows = await keyedQuery(tx)
        .selectFrom('reported_pieces')
        .where('entity_id', '=', entity_id)
        .where('lock_id', '=', lockId)
        .select(['incarnation', 'version', 'pieces', 'index'])
        .execute();
      const [first] = rows;
      if (!first) return undefined;
      const { incarnation, version, pieces } = first;
      return { list: { incarnation, version }, pieces, indexes: rows.map(({ index }) => index) };
    },
    putReported: (lockId, piece) => putPiece(conversation, lockId, piece),
    takeReported: async (lockId) => {
      const { entityId } = ownedBy(conversation);
      await addJob(tx, {
        task: takeReportTask,
        payload: { entityId, lockId },
        key: `${takeReportTask}:${lockId}`,
      });
    },
    settleUses: (lockId, areAllNamed) => settleUses(conversation, lockId, areAllNamed),
  };
}

/**
 * What a server that was restored keeps until its doors have told what it has lost (decision record 0028).
 */
export function restoredOf(conversation: Conversation): RestoredTransaction {
  const { tx, deviceId } = conversation;
  const device = () =>
    keyedQuery(tx)
      .updateTable('device_states')
      .where('entity_id', '=', ownedBy(conversation).entityId)
      .where('device_id', '=', deviceId);
  return {
    ...reportsOf(conversation),
    raiseSpent: async (lockId, uses, at) => {
      const known = { counter_lost_at: null, is_count_unsure: false };
      for (const { keyId, spent, isInDoubt } of uses) {
        const lost = sql<Date>`coalesce(counter_lost_at, ${sqlInstant(at)})`;
        await bindingsAt(conversation, lockId)
          .set({
            uses_spent: sql<number>`greatest(uses_spent, ${spent}::integer)`,
            ...(isInDoubt ? { counter_lost_at: lost } : { ...known, uses_told_at: new Date(at) }),
          })
          .where('key_id', '=', keyId)
          .execute();
      }
    },
    resumeLog: async (log_epoch, { storedThrough, lastHash }) => {
      const { entityId, ownershipEpoch } = ownedBy(conversation);
      const position = { stored_through: storedThrough, last_hash: Buffer.from(lastHash) };
      const log = { entity_id: entityId, device_id: deviceId, ownership_epoch: ownershipEpoch, log_epoch };
      await keyedQuery(tx)
        .insertInto('event_logs')
        .values({ ...log, ...position })
        .onConflict((conflict) =>
          conflict.columns(['entity_id', 'device_id', 'ownership_epoch', 'log_epoch']).doUpdateSet(position),
        )
        .execute();
    },
    saveLogWhole: async () => {
      await device().set({ log_broken_since: null }).execute();
    },
    saveCommandSequence: async (sequence) => {
      await device().set({ command_sequence: sequence }).execute();
    },
  };
}
