import { commandsUnderWayLimit, type AuthorityTransaction, type CommandRecord } from '@claviger/authority';
import { finalStages, type CommandStage } from '@claviger/domain';
import type { Transaction } from '../../../platform/database/index.ts';
import { keyedQuery } from '../../../platform/database/query.ts';
import { ownedBy, type Conversation } from '../conversation.ts';

type CommandWork = Pick<
  AuthorityTransaction,
  'addCommand' | 'getCommand' | 'getCommandsUnderWay' | 'saveStage' | 'addRung'
>;

const progress = ['id', 'lock_id as lockId', 'boot_number as bootNumber', 'sequence', 'stage'] as const;

/** The commands of one device with their ladders, as the authority keeps them. */
export function commandsOf(conversation: Conversation): CommandWork {
  const { tx, deviceId } = conversation;
  return {
    addCommand: (command, openableAt) => addCommand(conversation, command, openableAt),
    getCommand: (id) =>
      keyedQuery(tx).selectFrom('commands').where('id', '=', id).select(progress).executeTakeFirst(),
    getCommandsUnderWay: () =>
      keyedQuery(tx)
        .selectFrom('commands')
        .where('entity_id', '=', ownedBy(conversation).entityId)
        .where('device_id', '=', deviceId)
        .where('stage', 'not in', finalStages)
        .orderBy('sequence')
        .limit(commandsUnderWayLimit)
        .select(progress)
        .execute(),
    saveStage: async (id, stage, { at, reason }) => {
      await keyedQuery(tx)
        .updateTable('commands')
        .set({ stage, reason: reason ?? null })
        .where('entity_id', '=', ownedBy(conversation).entityId)
        .where('id', '=', id)
        .execute();
      await addRung(conversation, id, { stage, at });
    },
    addRung: (id, stage, at) => addRung(conversation, id, { stage, at }),
  };
}

/** The person, or the holder of the Key that asks, as each is called now. */
function nameOfAsker(tx: Transaction, { requestedBy, keyId }: CommandRecord) {
  if (requestedBy !== undefined)
    return keyedQuery(tx).selectFrom('users').where('id', '=', requestedBy).select('name');
  return keyId === undefined
    ? null
    : keyedQuery(tx).selectFrom('keys').where('id', '=', keyId).select('holder_name as name');
}

async function addCommand(
  conversation: Conversation,
  command: CommandRecord,
  openableAt: number | undefined,
): Promise<void> {
  const { tx, deviceId, tell } = conversation;
  const { entityId } = ownedBy(conversation);
  await keyedQuery(tx)
    .updateTable('device_states')
    .set({ command_sequence: command.sequence })
    .where('entity_id', '=', entityId)
    .where('device_id', '=', deviceId)
    .execute();
  if (openableAt !== undefined) {
    await keyedQuery(tx)
      .updateTable('locks')
      .set({ openable_at: new Date(openableAt) })
      .where('entity_id', '=', entityId)
      .where('id', '=', command.lockId)
      .execute();
  }
  await keyedQuery(tx)
    .insertInto('commands')
    .values({
      entity_id: entityId,
      id: command.id,
      lock_id: command.lockId,
      device_id: deviceId,
      ownership_epoch: command.ownershipEpoch,
      boot_number: command.bootNumber,
      sequence: command.sequence,
      type: 'open',
      stage: command.stage,
      requested_by: command.requestedBy ?? null,
      key_id: command.keyId ?? null,
      requested_by_name: nameOfAsker(tx, command),
      issued_at: new Date(command.issuedAt),
      not_after: new Date(command.notAfter),
    })
    .execute();
  await addRung(conversation, command.id, { stage: command.stage, at: command.issuedAt });
  await tell({ topic: 'lock', id: command.lockId });
}

async function addRung(
  conversation: Conversation,
  commandId: string,
  { stage, at }: { readonly stage: CommandStage; readonly at: number },
): Promise<void> {
  await keyedQuery(conversation.tx)
    .insertInto('command_stages')
    .values({ entity_id: ownedBy(conversation).entityId, command_id: commandId, stage, at: new Date(at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await conversation.tell({ topic: 'command', id: commandId });
}
