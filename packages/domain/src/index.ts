/**
 * The rules of the house, as pure functions and closed lists: whom a lock lets in and why not, what a lock
 * can be, how a door behaves, how far a command has come. `access/` is the decision, `time/` the calendar
 * and the wall clock. No clock, no chance, no input or output: whatever these need to know is an argument.
 * The server, the door agent and the simulator run this same code.
 */
export type * from './access/access-list.ts';
export type * from './access/attempt.ts';
export type { CheckName, CheckResult } from './access/checks.ts';
export { decide, explainDecision, type Decision, type ExplainedDecision } from './access/decide.ts';
export { emptyMemory, remember } from './access/door-memory.ts';
export type * from './access/door-memory.ts';
export {
  indexAccessList,
  indexSource,
  type HeldCredential,
  type IndexedAccessList,
  type ListSource,
} from './access/indexed-list.ts';
export { areOfOneHolder } from './access/second-factor.ts';
export {
  afterWrongTry,
  isAtRest,
  isEverPossible,
  isPaused,
  longestPaused,
  possiblePath,
} from './access/throttle.ts';
export * from './people/access-request.ts';
export * from './activity.ts';
export * from './command.ts';
export * from './door-machine.ts';
export * from './event-detail.ts';
export * from './identifiers.ts';
export * from './key.ts';
export * from './codes/card-number.ts';
export * from './codes/floors.ts';
export * from './codes/label.ts';
export * from './lock.ts';
export * from './model.ts';
export * from './codes/proof.ts';
export * from './codes/pin.ts';
export * from './reason.ts';
export * from './people/role.ts';
export * from './text.ts';
export { dayOf, weekdays, type Day, type Weekday } from './time/calendar.ts';
export { nextDayOf, type Holiday } from './time/holiday.ts';
export { wallMinuteForm } from './time/wall-minute.ts';
export { everyWeekday, wholeDay } from './time/window.ts';
export type {
  AccessScheduler,
  ClockSpan,
  DateRange,
  LockSchedule,
  RepeatRule,
  WeekdaySet,
} from './time/window.ts';
export { offsetAt, readingAt, type WallReading, type ZoneOffsets } from './time/zone.ts';
