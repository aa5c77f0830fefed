/**
 * The other end of every door: what the server says to a device and what it makes of what the device says.
 * Pure over a Store port, which PostgreSQL implements in the server and memory in the simulation; one
 * contract suite holds the two together. Signatures are verified here, whatever the broker has checked
 * before. `access-list/` compiles what one lock needs to decide alone, `explain/` says what it would decide.
 */
export { compileAccessList, type ListHead } from './access-list/compile.ts';
export type * from './access-list/list-store.ts';
export { issueList, type ListCompiler, type IssuedList, type ListHeading } from './access-list/issue.ts';
export type * from './access-list/facts.ts';
export { findInstant, toInstant, type Reading } from './access-list/local-time.ts';
export { createZoneClock, isZone, zoneOffsets, type ZoneClock } from './access-list/zone-clock.ts';
export { type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
export { issueOpen, receiveAck, type Issued, type OpenRequest } from './commands.ts';
export { receiveEvents } from './events.ts';
export { explain, explainEach } from './explain/explain.ts';
export {
  InputRefused,
  problemsOfAttempts,
  problemsOfWorld,
  type InputProblem,
} from './explain/input-problems.ts';
export { beginsKeyDoubt, endsKeyDoubt, tellsLoss } from './history/counts.ts';
export { tellAtLocks, type Notice } from './history/server-log.ts';
export { advanceCommand } from './ladder.ts';
export { giveUpOn, receiveState, silentAfterMs } from './presence.ts';
export { doubtedOf as doubtedInMemory } from './memory/doubted.ts';
export { want as wantInMemory } from './memory/lists.ts';
export { markRestored } from './memory/restored.ts';
export { createMemoryStore, memoryDevice, type MemoryDevice } from './memory-store.ts';
export { endingsOf, type CredentialEnding, type Endings, type KeyEnding } from './restored/endings.ts';
export { readReported } from './restored/reports.ts';
export { attemptTypes, commandsUnderWayLimit } from './store.ts';
export type * from './store.ts';
