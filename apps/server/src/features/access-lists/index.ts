/**
 * What each lock needs to decide alone: compiled from the Keys and the rules of its Entity, signed, recorded
 * and sent. A change marks the lock in its own transaction (`wantListOf` and `wantKeysAt` of the authority);
 * the job that is queued with the mark compiles one list at a time for each lock, or the Keys of it that have
 * changed. A mark that was left behind by a crash is found every minute, and every list is made anew before
 * its table of zone offsets ends.
 */
export {
  compileFor,
  credentialsByLookup,
  proofRulesOf,
  sealedDigestPlace,
  type ListMaking,
  type LockLeaves,
} from './compile.ts';
export {
  compileWanted,
  compileListPayload,
  repairAllLists,
  repairLists,
  tendLists,
  type ListJobs,
} from './jobs.ts';
export { findDecidingList } from './deciding-list.ts';
export { holdMark } from './store.ts';
