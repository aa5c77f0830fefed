/**
 * The rules of the house, as pure functions and closed lists: what a lock can be, how a door behaves, how
 * far a command has come, why a key was refused. No clock, no chance, no input or output: whatever these
 * need to know is an argument. The server, the door agent and the simulator run this same code.
 */
export type * from './access/access-list.ts';
export type * from './access/attempt.ts';
export type { CheckName, CheckResult } from './access/checks.ts';
export * from './access/decide.ts';
export * from './access/door-memory.ts';
export { indexAccessList, type IndexedAccessList } from './access/indexed-list.ts';
export * from './activity.ts';
export * from './command.ts';
export * from './door-machine.ts';
export * from './identifiers.ts';
export * from './key.ts';
export * from './codes/label.ts';
export * from './lock.ts';
export * from './model.ts';
export * from './codes/pin.ts';
export * from './reason.ts';
export * from './role.ts';
export * from './time/calendar.ts';
export type { Holiday } from './time/holiday.ts';
export * from './time/window.ts';
export * from './time/zone.ts';
