/**
 * The other end of every door: what the server says to a device and what it makes of what the device says.
 * Pure over a Store port, which PostgreSQL implements in the server and memory in the simulation; one
 * contract suite holds the two together. Signatures are verified here, whatever the broker has checked
 * before.
 */
export { type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
export { advanceCommand, issueOpen, receiveAck, type Issued, type OpenRequest } from './commands.ts';
export { receiveEvents } from './events.ts';
export { giveUpOn, receiveState, silentAfterMs } from './presence.ts';
export { createMemoryStore, memoryDevice, type MemoryDevice } from './memory-store.ts';
export type * from './store.ts';
