/**
 * How far a command has come, always as the door confirmed it, never as it was wished: `issued` (recorded
 * here) → `sent` (the broker took it) → `accepted` (the door recorded it) → `unlocked` (the relay moved) →
 * `opened` → `closed`. `relocked` ends a command whose door nobody opened; `refused` carries a reason. Two
 * ends the authority concludes: `expired`, the door did not accept it in time; `interrupted`, the door
 * started again before it reported the end. In the order of belief: of two reports the later one here holds.
 */
export const commandStages = [
  'issued',
  'sent',
  'expired',
  'refused',
  'accepted',
  'unlocked',
  'opened',
  'interrupted',
  'relocked',
  'closed',
] as const;
export type CommandStage = (typeof commandStages)[number];

/** Stages after which a command waits for nothing; only what the door really did still corrects them. */
export const finalStages = ['expired', 'refused', 'interrupted', 'relocked', 'closed'] as const;
export type FinalStage = (typeof finalStages)[number];

/** Stages that the door itself reports. */
export const doorStages = ['accepted', 'unlocked', 'opened', 'closed', 'relocked', 'refused'] as const;
export type DoorStage = (typeof doorStages)[number];

/** Whether a command at this stage waits for nothing more. */
export function isFinalStage(stage: CommandStage): stage is FinalStage {
  return (finalStages as readonly CommandStage[]).includes(stage);
}

const rank = new Map<CommandStage, number>(commandStages.map((stage, index) => [stage, index]));

function rankOf(stage: CommandStage): number {
  return rank.get(stage) ?? 0;
}

/**
 * Whether `next` is news after `current`. Reports may arrive late, twice or out of order: the order of belief
 * is total, so whatever their order the same one holds in the end.
 */
export function isLaterStage(current: CommandStage, next: CommandStage): boolean {
  return rankOf(next) > rankOf(current);
}

/** What a door does on the way to an end. */
const rungsOnTheWay: readonly CommandStage[] = ['accepted', 'unlocked', 'opened'];

/**
 * Whether the door did `next` on its way to the stage that is held: news for the ladder where its report was
 * lost, though not for the stage. Nobody opened a door that has `relocked`.
 */
export function isRungBelow(current: CommandStage, next: CommandStage): boolean {
  if (current === 'relocked' && next === 'opened') return false;
  return rungsOnTheWay.includes(next) && isLaterStage(next, current);
}

/**
 * How a command ends when the boot that it was issued to is over: one that the door did not accept is dead,
 * for it names that boot; one that it accepted was interrupted. The relay rests locked at every start.
 */
export function stageAtRestart(stage: CommandStage): FinalStage {
  if (isFinalStage(stage)) return stage;
  return stage === 'issued' || stage === 'sent' ? 'expired' : 'interrupted';
}

/**
 * A command lives this long; the door drops a later one and nothing ever opens afterwards (PRODUCT section
 * 3).
 */
export const commandLivesForMs = 10_000;

/** After this much more than its life a command that the door has not accepted is shown as expired. */
export const commandExpiryGraceMs = 5_000;
