import {
  isLaterStage,
  isRungBelow,
  stageAtRestart,
  type ActivityType,
  type CommandStage,
  type DoorStage,
  type Reason,
} from '@claviger/domain';
import type { AuthorityTransaction, CommandProgress } from './store.ts';

/** A report of how far a command has come, and when: by the door's log, else when the server learnt of it. */
export interface Step {
  readonly stage: CommandStage;
  readonly at: number;
  readonly reason?: Reason | undefined;
}

async function climb(transaction: AuthorityTransaction, command: CommandProgress, step: Step): Promise<void> {
  const { stage, at, reason } = step;
  if (isLaterStage(command.stage, stage)) await transaction.saveStage(command.id, stage, { at, reason });
  else if (isRungBelow(command.stage, stage)) await transaction.addRung(command.id, stage, at);
}

/** The boot is over: of a command that was issued to it nothing can come but what its log still tells. */
async function end(transaction: AuthorityTransaction, command: CommandProgress, at: number): Promise<void> {
  const stage = stageAtRestart(command.stage);
  if (stage !== command.stage) await transaction.saveStage(command.id, stage, { at });
}

/**
 * Notes how far a command has come, unless that is known already or the command is not ours. A report that
 * comes after its boot is over ends it too.
 */
export async function advanceCommand(
  transaction: AuthorityTransaction,
  id: string,
  step: Step,
): Promise<void> {
  const command = await transaction.getCommand(id);
  if (!command) return;
  await climb(transaction, command, step);
  const device = await transaction.getDevice();
  if (!device || command.bootNumber >= device.bootNumber || !isLaterStage(command.stage, step.stage)) return;
  await end(transaction, { ...command, stage: step.stage }, step.at);
}

/** Ends what was issued to a boot before this one: the device has started again, so it reports no end. */
export async function endBootsBefore(
  transaction: AuthorityTransaction,
  bootNumber: number,
  at: number,
): Promise<void> {
  for (const command of await transaction.getCommandsUnderWay()) {
    if (command.bootNumber < bootNumber) await end(transaction, command, at);
  }
}

/** A new boot nonce is known: every command there is names another one. */
export async function endAllBoots(transaction: AuthorityTransaction, at: number): Promise<void> {
  for (const command of await transaction.getCommandsUnderWay()) await end(transaction, command, at);
}

const stageOfEvent: Partial<Record<ActivityType, DoorStage>> = {
  key_accepted: 'accepted',
  lock_unlocked: 'unlocked',
  door_opened: 'opened',
  door_closed: 'closed',
  lock_relocked: 'relocked',
  command_refused: 'refused',
};

/** Stages of a door, not of one command: whoever joined an opening comes to them together. */
const sharedStages: readonly DoorStage[] = ['opened', 'closed', 'relocked'];

/**
 * Climbs the rung that an event of the log proves. An event names the newest opening of its lock; what the
 * door does then it does for those too that this one joined.
 */
export async function advanceByEvent(
  transaction: AuthorityTransaction,
  event: { readonly type: ActivityType; readonly commandId: string; readonly reason: Reason | undefined },
  at: number,
): Promise<void> {
  const stage = stageOfEvent[event.type];
  if (stage === undefined) return;
  const step = { stage, at, ...(stage === 'refused' ? { reason: event.reason } : {}) };
  await advanceCommand(transaction, event.commandId, step);
  if (!sharedStages.includes(stage)) return;
  const named = await transaction.getCommand(event.commandId);
  for (const command of named ? await transaction.getCommandsUnderWay() : []) {
    if (named && hasJoined(command, named)) await advanceCommand(transaction, command.id, step);
  }
}

/** Earlier openings that the door still served; one that it had not accepted was not among them. */
function hasJoined(command: CommandProgress, named: CommandProgress): boolean {
  const isSameDoor = command.lockId === named.lockId && command.bootNumber === named.bootNumber;
  const isServed = isLaterStage(command.stage, 'interrupted') && isLaterStage('sent', command.stage);
  return isSameDoor && command.sequence < named.sequence && isServed;
}
