import { commandCooldownMs, type DoorStage, type Reason } from '@claviger/domain';
import {
  areEqual,
  commandMessage,
  openMessage,
  uuidText,
  type CommandMessage,
  type EnvelopeFault,
} from '@claviger/protocol';
import type { Core } from './core.ts';
import { commandMemory, recall, remember } from './memory.ts';

/**
 * Why a verified command was dropped without an answer: it may be another's, another time's, or done
 * already.
 */
export type DropCause = 'foreign' | 'other_boot' | 'replayed' | 'late' | 'no_time';

type Verdict =
  | { readonly kind: 'unreadable'; readonly cause: EnvelopeFault }
  | { readonly kind: 'dropped'; readonly cause: DropCause }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly command: CommandMessage }
  | { readonly kind: 'taken'; readonly command: CommandMessage };

/** No command may live longer than this, whatever it says (reliability 3.3). */
const longestLifeMs = 30_000;

export interface CommandDeskParts {
  readonly core: Core;
  readonly locks: ReadonlySet<number>;
  readonly unlock: (lock: number, opening: string) => void;
  readonly acknowledge: (command: Uint8Array, stage: DoorStage, reason?: Reason) => void;
  readonly noteRefusal: (cause: string) => void;
}

/** Judges the commands of the server and carries out those that hold: each at most once, late ones never. */
export interface CommandDesk {
  receive(message: Uint8Array): void;
}

function dropCauseOf(command: CommandMessage, parts: CommandDeskParts): DropCause | undefined {
  const { core, locks } = parts;
  const isOurs = areEqual(command.device, core.device) && command.ownershipEpoch === core.ownershipEpoch;
  if (!isOurs || !locks.has(command.lock)) return 'foreign';
  if (!areEqual(command.bootNonce, core.bootNonce)) return 'other_boot';
  const last = core.store.transact((transaction) => recall(transaction, commandMemory));
  if (last.ownershipEpoch === core.ownershipEpoch && command.sequence <= last.sequence) return 'replayed';
  if (!core.time.isSynced()) return 'no_time';
  core.time.witness(command.issuedAt);
  const isTooLong = command.notAfter - command.issuedAt > longestLifeMs;
  return isTooLong || core.time.now().at > command.notAfter ? 'late' : undefined;
}

/**
 * In the order of SEMANTICS P8: malformed, bad signature, then what is not for us, not now or not again
 * (dropped and recorded, never answered), then cooldown.
 */
function judge(message: Uint8Array, parts: CommandDeskParts, openings: ReadonlyMap<number, number>): Verdict {
  const opened = openMessage(commandMessage, message, parts.core.verify);
  if (!opened.ok) return { kind: 'unreadable', cause: opened.fault };
  const command = opened.body;
  const cause = dropCauseOf(command, parts);
  if (cause !== undefined) return { kind: 'dropped', cause };
  const lastOpeningAt = openings.get(command.lock);
  const isCooling = lastOpeningAt !== undefined && parts.core.mono() - lastOpeningAt < commandCooldownMs;
  return isCooling ? { kind: 'refused', reason: 'cooldown', command } : { kind: 'taken', command };
}

/**
 * The sequence number and the decision are on the disk before the relay moves; if they cannot be, it does
 * not.
 */
function recordTaken(core: Core, command: CommandMessage): boolean {
  try {
    core.store.transact((transaction) => {
      const { ownershipEpoch } = core;
      remember(transaction, commandMemory, { ownershipEpoch, sequence: command.sequence });
      core.journal.append(transaction, {
        lock: command.lock,
        type: 'key_accepted',
        method: 'command',
        reason: 'granted',
        command: command.command,
      });
    });
    return true;
  } catch (error) {
    core.diary.note('error', `a command cannot be recorded and is refused: ${String(error)}`);
    return false;
  }
}

export function createCommandDesk(parts: CommandDeskParts): CommandDesk {
  const { core, acknowledge } = parts;
  /** When each lock was last opened by a command, as a reading of `mono`. */
  const openings = new Map<number, number>();

  const refuse = ({ lock, command }: CommandMessage, reason: Reason): void => {
    core.keep([{ lock, type: 'command_refused', method: 'command', reason, command }]);
    acknowledge(command, 'refused', reason);
  };

  const take = (command: CommandMessage): void => {
    if (!recordTaken(core, command)) {
      refuse(command, 'cannot_be_recorded');
      return;
    }
    openings.set(command.lock, core.mono());
    acknowledge(command.command, 'accepted');
    parts.unlock(command.lock, uuidText(command.command));
  };

  return {
    receive: (message) => {
      const verdict = judge(message, parts, openings);
      switch (verdict.kind) {
        case 'taken':
          take(verdict.command);
          return;
        case 'refused':
          refuse(verdict.command, verdict.reason);
          return;
        case 'dropped':
        case 'unreadable':
          parts.noteRefusal(`command ${verdict.cause}`);
      }
    },
  };
}
