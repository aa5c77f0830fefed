/** The five statuses of a Lock as its screens name them (PRODUCT section 3, "Locks"). */
export const lockStatuses = ['unclaimed', 'claiming', 'active', 'inactive', 'error'] as const;
export type LockStatus = (typeof lockStatuses)[number];

/** What the door last said of itself; `unknown` until it has spoken for the first time. */
export const doorStates = ['secured', 'unlocked', 'open', 'held_open', 'forced_open', 'unknown'] as const;
export type DoorState = (typeof doorStates)[number];

/** How long a claim may wait for the device's proof before the lock falls back to unclaimed. */
export const claimLivesForMs = 10 * 60_000;

/**
 * By what the server knows that a device went back to an older disk: its log tells another history than the
 * one that is stored, or a boot that was over long ago speaks again.
 */
export const olderDiskCauses = ['other_history', 'earlier_boot'] as const;

/** Why nobody knows what a device has counted: an older disk, or its own memory, which it found damaged. */
export const doubtCauses = [...olderDiskCauses, 'damaged_memory'] as const;
export type DoubtCause = (typeof doubtCauses)[number];

/** SEMANTICS P8: no second opening by command within this time of the last one. */
export const commandCooldownMs = 3_000;
