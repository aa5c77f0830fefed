/**
 * The mind of a door box, without its body. It runs the rules of `domain` against six ports (clock,
 * cryptography, hardware, link, store, diary), judges commands, runs each door's machine, keeps the
 * hash-chained log and brings it to the server. It asks nobody for the time, sets no timers and opens no
 * files, so a year of a street can be played from one seed.
 */
export * from './agent.ts';
export { changeRecord, recordIn } from './memory/checksum.ts';
export { believingLedger, ledgerName, shelves, type Shelf } from './memory/ledger.ts';
export type { Shown } from './attempts/presented.ts';
export { secondFactorWaitMs } from './attempts/reader-desk.ts';
export { keyIdOf, verifierOf, type AgentIdentity, type DoorKeys } from './core.ts';
export { journalCapacity } from './journal/journal.ts';
export type * from './ports.ts';
