import type { Core } from '../core.ts';
import type { Happening } from '../journal/journal.ts';
import { doubtMemory, recall, recordOf, type KeptRecord } from '../memory/memory.ts';

/** Whether this disk went back in time, so that counted Keys are suspended (decision record 0019). */
export interface Doubt {
  isInDoubt: boolean;
  /** The log in which that was found; it ends in a later one. */
  logEpoch: number;
  /** Whether a start of this box has found it itself, so that records of Keys that are whole are right. */
  isOwn: boolean;
}

/** The doubt as it lies in the store; one of another ownership is over. */
export function loadDoubt(core: Core): Doubt {
  const {
    ownershipEpoch,
    isMemoryInDoubt,
    logEpoch = 0,
    isOwn = false,
  } = core.store.transact((tx) => recall(tx, doubtMemory));
  return { isInDoubt: isMemoryInDoubt && ownershipEpoch === core.ownershipEpoch, logEpoch, isOwn };
}

/** The record of a doubt. */
export function recordOfDoubt({ ownershipEpoch }: Core, { isInDoubt, logEpoch, isOwn }: Doubt): KeptRecord {
  const doubt = { ownershipEpoch, isMemoryInDoubt: isInDoubt, logEpoch };
  return recordOf(doubtMemory, { ...doubt, ...(isOwn && { isOwn }) });
}

/** The event with which a doubt begins. */
export function beginningOf({ firstLock }: Core): Happening {
  return { lock: firstLock, type: 'message_refused', detail: 'older_disk' };
}
