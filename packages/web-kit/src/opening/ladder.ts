import type { CommandStage, Reason } from '@claviger/domain';
import type { Command } from '@claviger/protocol';

/** The rungs that an opening climbs, in order; each is shown only when the door has confirmed it. */
export const rungNames = ['sent', 'accepted', 'unlocked', 'opened', 'closed'] as const;
export type RungName = (typeof rungNames)[number];

/**
 * `current` is the one awaited now. In the end a rung that did not come was `left_out`, where the door has
 * told the end itself, or is `unconfirmed`: nobody knows.
 */
export type RungState = 'done' | 'current' | 'waiting' | 'left_out' | 'unconfirmed';

export interface Rung {
  readonly name: RungName;
  readonly state: RungState;
  /** When this server learnt of it; absent where a later rung came in its place. */
  readonly at?: number;
  /** Of a rung without a time of its own: when a later one showed that it had been climbed. */
  readonly by?: number;
}

export type LadderEnd = 'closed' | 'not_opened' | 'refused' | 'expired' | 'interrupted';

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
  interrupted: 2,
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
  interrupted: 'interrupted',
};

/** Ends that the server concludes without a word of the door. */
const concludedEnds: readonly (LadderEnd | undefined)[] = ['expired', 'interrupted'];

/**
 * A command as the ladder that people see. Nothing is anticipated: a rung is done when the door (for `sent`:
 * the server) said so. Reports may have skipped a rung; what lies under a confirmed one is done too.
 */
export function ladderOf(command: Pick<Command, 'stage' | 'stages' | 'reason'>): LadderView {
  const reached = Math.max(climbed[command.stage], ...command.stages.map(({ stage }) => climbed[stage]));
  const end = ends[command.stage];
  const rungs = rungNames.map((name, index): Rung => {
    const state = rungState(index, reached, end);
    const at = timeOf(command, name);
    if (at !== undefined) return { name, state, at };
    const by = rungNames
      .slice(index)
      .map((later) => timeOf(command, later))
      .find((time) => time !== undefined);
    return { name, state, ...(state === 'done' && by !== undefined && { by }) };
  });
  const { reason } = command;
  return { rungs, ...(end && { end }), ...(end === 'refused' && reason && { reason }) };
}

function timeOf({ stages }: Pick<Command, 'stages'>, name: RungName): number | undefined {
  return stages.find(({ stage }) => stage === name)?.at;
}

function rungState(index: number, reached: number, end: LadderEnd | undefined): RungState {
  if (index < reached) return 'done';
  if (end) return concludedEnds.includes(end) ? 'unconfirmed' : 'left_out';
  return index === reached ? 'current' : 'waiting';
}

/** What a page knows of a door beside the command: whether it is heard, and how long it stays unlocked. */
export interface Hearing {
  readonly isHeard: boolean;
  readonly unlockForMs: number;
  /** The server's time. */
  readonly now: number;
}

/**
 * Whether a rung may be told in the present. A door that nobody hears may have gone on, and one that has
 * been unlocked for its time has locked again, though the word of it is missing.
 */
export function isPresent({ name, at }: Rung, { isHeard, unlockForMs, now }: Hearing): boolean {
  if (!isHeard) return false;
  return name !== 'unlocked' || (at !== undefined && now < at + unlockForMs);
}
