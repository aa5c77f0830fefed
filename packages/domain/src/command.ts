/**
 * How far a command has come, always as the door confirmed it, never as it was wished: `issued` (recorded
 * here) → `sent` (the broker took it) → `accepted` (the door recorded it) → `unlocked` (the relay moved) →
 * `opened` → `closed`. `relocked` ends a command whose door nobody opened; `refused` carries a reason;
 * `expired` means that the door did not accept it in time, so it never will.
 */
export const commandStages = [
  'issued',
  'sent',
  'accepted',
  'unlocked',
  'opened',
  'closed',
  'relocked',
  'refused',
  'expired',
] as const;
export type CommandStage = (typeof commandStages)[number];

/** Stages after which nothing more can come. */
export const finalStages: readonly CommandStage[] = ['closed', 'relocked', 'refused', 'expired'];

/** Stages that the door itself reports. */
export const doorStages = ['accepted', 'unlocked', 'opened', 'closed', 'relocked', 'refused'] as const;
export type DoorStage = (typeof doorStages)[number];

const rank: Readonly<Record<CommandStage, number>> = {
  issued: 0,
  sent: 1,
  expired: 2,
  refused: 2,
  accepted: 2,
  unlocked: 3,
  opened: 4,
  relocked: 5,
  closed: 5,
};

/** Whether `next` is news after `current`: reports may arrive late, twice or out of order. */
export function isLaterStage(current: CommandStage, next: CommandStage): boolean {
  if (current === 'expired') return next !== 'issued' && next !== 'sent' && next !== 'expired';
  return rank[next] > rank[current];
}

/**
 * A command lives this long; the door drops a later one and nothing ever opens afterwards (PRODUCT section
 * 3).
 */
export const commandLivesForMs = 10_000;

/** After this much more than its life a command that the door has not accepted is shown as expired. */
export const commandExpiryGraceMs = 5_000;
