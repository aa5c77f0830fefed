import { type CommandStage, finalStages, type Reason } from '@claviger/domain';
import type { Command } from '@claviger/protocol';

/** The rungs that an opening climbs, in order; each is shown only when the door has confirmed it. */
export const rungNames = ['sent', 'accepted', 'unlocked', 'opened', 'closed'] as const;
export type RungName = (typeof rungNames)[number];

/** `current` is the one awaited now; `left_out` cannot come any more. */
export type RungState = 'done' | 'current' | 'waiting' | 'left_out';

export interface Rung {
  readonly name: RungName;
  readonly state: RungState;
  /** When this server learnt of it; absent where a later rung came in its place. */
  readonly at?: number;
}

export type LadderEnd = 'closed' | 'not_opened' | 'refused' | 'expired';

export interface LadderView {
  readonly rungs: readonly Rung[];
  readonly end?: LadderEnd;
  readonly reason?: Reason;
}

const climbed: Readonly<Record<CommandStage, number>> = {
  issued: 0,
  sent: 1,
  accepted: 2,
  unlocked: 3,
  opened: 4,
  closed: 5,
  relocked: 3,
  refused: 1,
  expired: 1,
};

const ends: Partial<Readonly<Record<CommandStage, LadderEnd>>> = {
  closed: 'closed',
  relocked: 'not_opened',
  refused: 'refused',
  expired: 'expired',
};

/** Whether nothing more can come for this command. */
export function isFinal(stage: CommandStage): boolean {
  return finalStages.includes(stage);
}

/**
 * A command as the ladder that people see. Nothing is anticipated: a rung is done when the door (for `sent`:
 * the server) said so. Reports may have skipped a rung; what lies under a confirmed one is done too.
 */
export function ladderOf(command: Pick<Command, 'stage' | 'stages' | 'reason'>): LadderView {
  const isOver = isFinal(command.stage);
  const reached = Math.max(climbed[command.stage], ...command.stages.map(({ stage }) => climbed[stage]));
  const rungs = rungNames.map((name, index): Rung => {
    const at = command.stages.find(({ stage }) => stage === name)?.at;
    return { name, state: rungState(index, reached, isOver), ...(at !== undefined && { at }) };
  });
  const end = ends[command.stage];
  const { reason } = command;
  return { rungs, ...(end && { end }), ...(end === 'refused' && reason && { reason }) };
}

function rungState(index: number, reached: number, isOver: boolean): RungState {
  if (index < reached) return 'done';
  if (isOver) return 'left_out';
  return index === reached ? 'current' : 'waiting';
}
