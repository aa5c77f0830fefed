import type { Attempt, Decision, DoorStage, DropCause, PlainDetail, Reason } from '@claviger/domain';
import {
  areEqual,
  commandMessage,
  linkLookup,
  openMessage,
  uuidText,
  type CommandMessage,
} from '@claviger/protocol';
import { judge } from './attempts/judge.ts';
import { eventsOf } from './attempts/told.ts';
import type { Core } from './core.ts';
import type { ListKeeper } from './lists/list-keeper.ts';
import { commandMemory, readRecord, recordOf } from './memory/memory.ts';

/** No command may live longer than this, whatever it says (reliability 3.3). */
const longestLifeMs = 30_000;

/**
 * The door has no reader for links: each Key's is a path of its own, so that presses of a Key that the door
 * does not know (yet) pause nobody else's page (SEMANTICS C9).
 */
function linkPathOf(keyId: string): string {
  return `link/${keyId.slice(-12)}`;
}

export interface CommandDeskParts {
  readonly core: Core;
  readonly lists: ListKeeper;
  readonly locks: ReadonlySet<number>;
  readonly unlock: (lock: number, opening: string) => void;
  readonly acknowledge: (command: Uint8Array, stage: DoorStage, reason?: Reason) => void;
  readonly noteRefusal: (cause: PlainDetail) => void;
}

/** Judges the commands of the server and carries out those that hold: each at most once, late ones never. */
export interface CommandDesk {
  receive(message: Uint8Array): void;
}

/** The highest sequence number that was judged, on the disk or, while that takes nothing, in memory. */
function lastSequence({ store, backlog, ownershipEpoch }: Core): number {
  const stored = store.transact((transaction) => transaction.get(commandMemory.name));
  const last = readRecord(commandMemory, backlog.held(commandMemory.name) ?? stored);
  return last.ownershipEpoch === ownershipEpoch ? last.sequence : 0;
}

function dropCauseOf(command: CommandMessage, parts: CommandDeskParts): DropCause | undefined {
  const { core, locks } = parts;
  const isOurs = areEqual(command.device, core.device) && command.ownershipEpoch === core.ownershipEpoch;
  if (!isOurs || !locks.has(command.lock)) return 'foreign';
  core.time.witness(command.issuedAt);
  if (!areEqual(command.bootNonce, core.bootNonce)) return 'other_boot';
  if (command.sequence <= lastSequence(core)) return 'replayed';
  if (!core.time.isSynced()) return 'no_time';
  const isTooLong = command.notAfter - command.issuedAt > longestLifeMs;
  return isTooLong || core.time.now().at > command.notAfter ? 'late' : undefined;
}

/** A command is a manager's, or the presentation of a Key's link, to which every rule applies. */
function attemptOf({ lock, key }: CommandMessage, { core, lists }: CommandDeskParts): Attempt {
  const circumstances = { ...core.time.now(), canRecord: true };
  if (key === undefined)
    return { ...circumstances, kind: 'command', isMalformed: false, verified: 'good', hasStepUp: false };
  const keyId = uuidText(key);
  const lookup = linkLookup(keyId);
  return {
    ...circumstances,
    kind: 'credential',
    first: { method: 'link', path: linkPathOf(keyId), isMalformed: false, verified: 'not_tested', lookup },
    side: 'entry',
    listConfirmedAt: lists.confirmedAt(lock),
  };
}

/** Whatever is decided, the sequence number is kept with it: a refused command opens nothing later either. */
function decideOn(message: CommandMessage, parts: CommandDeskParts): Decision {
  const { core, lists } = parts;
  const { lock, command, sequence } = message;
  const door = lists.of(lock);
  const attempt = attemptOf(message, parts);
  const { ownershipEpoch } = core;
  return judge(core, {
    ...{ lock, door, attempt },
    records: () => [recordOf(commandMemory, { ownershipEpoch, sequence })],
    tell: (decision) => eventsOf({ lock, door, attempt, command }, decision),
  });
}

/**
 * In the order of SEMANTICS P8: malformed, bad signature, then what is not for us, not now or not again
 * (dropped and recorded, never answered), then what the rules say.
 */
export function createCommandDesk(parts: CommandDeskParts): CommandDesk {
  const { core, acknowledge, noteRefusal } = parts;

  const carryOut = (message: CommandMessage): void => {
    const { lock, command } = message;
    const { outcome, reason } = decideOn(message, parts);
    core.diary.note('info', `command: ${outcome === 'granted' ? 'accepted' : `refused, ${reason}`}`);
    if (outcome === 'denied') {
      acknowledge(command, 'refused', reason);
      return;
    }
    acknowledge(command, 'accepted');
    parts.unlock(lock, uuidText(command));
  };

  return {
    receive: (message) => {
      const opened = openMessage(commandMessage, message, core.verify);
      const cause = opened.ok ? dropCauseOf(opened.body, parts) : opened.fault;
      if (cause !== undefined) noteRefusal(`command_${cause}`);
      else if (opened.ok) carryOut(opened.body);
    },
  };
}
