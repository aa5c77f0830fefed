import { type DenialReason } from '@claviger/domain';
import { type Attempt } from '@claviger/protocol';
import { calendarOf, type Calendar, type Reading } from './calendar.ts';
import {
  assuranceOf,
  isOldIssue,
  isRefusedStill,
  isStaleCounter,
  isStaleStep,
  signedAtOf,
  type Assurance,
  type Presented,
  type Scene,
} from './recognition.ts';
import {
  hasEnded,
  hasNotBegun,
  holidaysAdmit,
  openDates,
  openScheduleDates,
  schedulerAdmits,
} from './windows.ts';

/** A recognised attempt: the scene, the Key, and the second factor if there is one that counts. */
export interface Situation extends Scene {
  readonly presented: Presented;
  readonly second: Presented | undefined;
}

type Check = readonly [reason: DenialReason | 'cooldown', fails: (situation: Situation) => boolean];

const day = 86_400_000;
const minute = 60_000;

const is = (flag: boolean | undefined): boolean => flag === true;
const isAdmin = ({ presented }: Situation): boolean => presented.profile?.kind === 'admin';
const isEmergency = ({ presented }: Situation): boolean => is(presented.key.emergency);
const isProximity = ({ attempt }: Situation): boolean =>
  attempt.method === 'keyless_go' || attempt.method === 'auto_unlock';
const uncertaintyMs = ({ attempt }: Situation): number => attempt.uncertaintyS * 1000;

const opensByApp: readonly Attempt['method'][] = ['app', 'keyless_go', 'auto_unlock'];
const opensByPicture: readonly Attempt['method'][] = ['qr', 'pass'];

/** The end of what the lock knows of its zone (K3). */
function offsetsEnd(situation: Situation): number {
  const { facts, lock } = situation;
  const { offsetsUntil } = lock.list;
  return offsetsUntil === undefined ? signedAtOf(situation) + 400 * day : facts.calendar.fromAt(offsetsUntil);
}

/** The zone's calendar; past the end of its offsets, that of the last known one (K3). */
function calendarAt(situation: Situation, at: number): Calendar {
  const { facts } = situation;
  const end = offsetsEnd(situation);
  return at < end ? facts.calendar : calendarOf(facts.calendar.offsetAt(end - 1));
}

const readingAt = (situation: Situation, at: number): Reading => calendarAt(situation, at).readingAt(at);
const readingOf = (situation: Situation): Reading => readingAt(situation, situation.at);

function isRevoked({ presented, attempt }: Situation): boolean {
  const { key, binding, credential } = presented;
  return [key.state, binding, credential.state].includes('revoked') || isOldIssue(attempt, presented);
}

const isPending = ({ presented }: Situation): boolean =>
  presented.key.state === 'pending' || presented.credential.state === 'pending';

const isSuspended = ({ presented }: Situation): boolean =>
  presented.isDeactivated ||
  [presented.key.state, presented.binding, presented.credential.state].includes('suspended');

const isLockedDown = (situation: Situation): boolean =>
  situation.lock.lockdown && !situation.lock.evacuation && !isEmergency(situation);

/** K1: from against now + u; T4: a rule's begin date against now alone. */
function isNotYetValid(situation: Situation): boolean {
  const { facts, presented, at } = situation;
  const latest = at + uncertaintyMs(situation);
  const isBeforeFrom = presented.spans.some(
    ({ from }) => from !== undefined && latest < facts.calendar.fromAt(from),
  );
  return isBeforeFrom || presented.repeats.some((rule) => hasNotBegun(rule, at, calendarAt(situation, at)));
}

/** K1: until against now + u; T5: a rule's end date against now alone. */
function isExpired(situation: Situation): boolean {
  const { facts, presented, at } = situation;
  const latest = at + uncertaintyMs(situation);
  const isPastUntil = presented.spans.some(
    ({ until }) => until !== undefined && facts.calendar.untilAt(until) <= latest,
  );
  return isPastUntil || presented.repeats.some((rule) => hasEnded(rule, at, calendarAt(situation, at)));
}

/** K2, K3: whose rights need a certain clock. */
function isClockUncertain(situation: Situation): boolean {
  const { presented, attempt, at } = situation;
  const isUncertain = attempt.uncertaintyS > 300 || offsetsEnd(situation) <= at;
  const hasScheduler = presented.profile?.kind === 'own' && presented.profile.scheduler !== undefined;
  const isTemporary = ['guest', 'visitor', 'delivery'].includes(presented.key.type);
  return isUncertain && (isTemporary || presented.repeats.length > 0 || hasScheduler);
}

const isOutsideRepeatWindow = (situation: Situation): boolean =>
  situation.presented.repeats.some((rule) => openDates(rule, readingOf(situation)).length === 0);

function isOutsideProfileSchedule(situation: Situation): boolean {
  const { profile } = situation.presented;
  if (profile?.kind !== 'own' || profile.scheduler === undefined) return false;
  return !schedulerAdmits(profile.scheduler, readingOf(situation));
}

/** P4, L3: whom a lock schedule does not bind. */
const isFreeOfSchedule = (situation: Situation): boolean => isAdmin(situation) || isEmergency(situation);

function isOutsideLockSchedule(situation: Situation): boolean {
  const { schedule } = situation.lock;
  if (schedule === undefined || isFreeOfSchedule(situation)) return false;
  return openScheduleDates(schedule, readingOf(situation)).length === 0;
}

/** H1 to H9: what is open but for the holidays. */
function isClosedByHoliday(situation: Situation): boolean {
  const { facts, lock, presented } = situation;
  if (is(presented.key.holidayExempt)) return false;
  const reading = readingOf(situation);
  const isLeftOpen = (date: string) => holidaysAdmit(facts.world.holidays, date, reading);
  const closesWindow = presented.repeats.some((rule) => !openDates(rule, reading).some(isLeftOpen));
  if (closesWindow) return true;
  const { schedule } = lock;
  if (schedule === undefined || schedule.holidayExempt || isFreeOfSchedule(situation)) return false;
  return !openScheduleDates(schedule, reading).some(isLeftOpen);
}

const readers = {
  pin: 'keypad',
  qr: 'qr_reader',
  pass: 'qr_reader',
  card: 'card_reader',
  button: 'remote_receiver',
  finger: 'fingerprint_reader',
  keyless_go: 'phone_proximity',
  auto_unlock: 'phone_proximity',
  app: undefined,
  link: undefined,
} as const;

/** M2: the two chips of a person at a lock, for Keys of type wallet and intercom. */
function isChipOff({ facts, lock, attempt, presented }: Situation): boolean {
  if (presented.key.type !== 'wallet' && presented.key.type !== 'intercom') return false;
  const chip = facts.world.chips.find(({ user, lock: at }) => user === presented.key.user && at === lock.id);
  if (opensByApp.includes(attempt.method)) return !is(chip?.mobile);
  return opensByPicture.includes(attempt.method) && !is(chip?.intercom);
}

type Permission = NonNullable<Presented['profile']>['permissions'][number];

function isPermitted(situation: Situation, permission: Permission): boolean {
  return isAdmin(situation) || is(situation.presented.profile?.permissions.includes(permission));
}

/** M3: a door mode needs the model, the lock's leave and the profile. */
function isDoorModeRefused(situation: Situation, mode: NonNullable<Attempt['doorMode']>): boolean {
  const { lock } = situation;
  const isModelAble = lock.capabilities.includes(mode === 'party' ? 'party_mode' : mode);
  return !isModelAble || !lock.doorModes.includes(mode) || !isPermitted(situation, mode);
}

function isMethodRefused(situation: Situation): boolean {
  const { lock, attempt } = situation;
  const reader = readers[attempt.method];
  if (reader !== undefined && !lock.capabilities.includes(reader)) return true;
  if (isChipOff(situation)) return true;
  if (attempt.method === 'keyless_go' || attempt.method === 'auto_unlock') {
    if (!isPermitted(situation, attempt.method)) return true;
  }
  return attempt.doorMode !== undefined && isDoorModeRefused(situation, attempt.doorMode);
}

/** L5: 15 seconds from the closing, for AutoUnlock and KeylessGo. */
function isCoolingDown(situation: Situation): boolean {
  const { closedAt } = situation.lock.state;
  if (closedAt === undefined || !isProximity(situation)) return false;
  const closed = situation.facts.calendar.fromAt(closedAt);
  return closed <= situation.at && situation.at < closed + 15_000;
}

const levels: readonly Assurance[] = ['low', 'medium', 'high'];

/** M5, M8. */
function isAssuranceTooLow({ lock, attempt, presented, second }: Situation): boolean {
  if (isRefusedStill(lock, attempt, presented)) return true;
  const levelOf = ({ credential }: Presented, isStatic = false): number =>
    levels.indexOf(assuranceOf(credential, isStatic));
  const first = levelOf(presented, attempt.qr.isStatic);
  const level =
    second === undefined ? first : Math.max(first, levelOf(second, attempt.secondFactor?.qr.isStatic)) + 1;
  return level < levels.indexOf(lock.minimumAssurance);
}

/** M4: the floors an attempt would release; none where floors do not matter. */
export function floorsOf({ lock, attempt, presented }: Situation): number[] | undefined {
  if (!lock.capabilities.includes('lift_floors')) return undefined;
  const keyFloors = presented.key.floors ?? [];
  const allowed = lock.floors.filter((floor) => keyFloors.length === 0 || keyFloors.includes(floor));
  return attempt.floor === undefined ? allowed : allowed.filter((floor) => floor === attempt.floor);
}

function isFloorRefused(situation: Situation): boolean {
  const floors = floorsOf(situation);
  if (floors === undefined || floors.length > 0) return false;
  const isForAllFloors = (situation.presented.key.floors ?? []).length === 0;
  return situation.attempt.floor !== undefined || !isForAllFloors;
}

const isSecondFactorNeeded = ({ lock, presented, second }: Situation): boolean =>
  (lock.secondFactor || is(presented.key.secondFactor)) && second === undefined;

/** M7. */
function isReplayed(situation: Situation): boolean {
  const { attempt, presented } = situation;
  return isStaleCounter(situation, attempt) || isStaleStep(situation, attempt, presented);
}

/** M6. */
function isPassedBack(situation: Situation): boolean {
  const { lock, memory, attempt, presented, at } = situation;
  if (lock.antiPassbackMinutes === undefined || isEmergency(situation)) return false;
  const last = memory.lastGrants.get(presented.key.id);
  return last?.side === attempt.side && at < last.at + lock.antiPassbackMinutes * minute;
}

/** M9. */
function isFirstPersonMissing(situation: Situation): boolean {
  const { lock, memory, presented, at } = situation;
  if (!lock.firstPersonIn || is(presented.key.firstPerson) || isEmergency(situation)) return false;
  if (memory.firstPersonAt === undefined) return true;
  return readingAt(situation, memory.firstPersonAt).date !== readingAt(situation, at).date;
}

function isUsedUp({ memory, presented }: Situation): boolean {
  const { id, maxUses } = presented.key;
  return maxUses !== undefined && (memory.uses.get(id) ?? 0) >= maxUses;
}

/** U3. */
function isListTooOld(situation: Situation): boolean {
  const { facts, lock, at } = situation;
  const { confirmedAt } = lock.list;
  if (lock.maximumListAgeMinutes === undefined || confirmedAt === undefined) return false;
  const ageMs = at - facts.calendar.fromAt(confirmedAt);
  return ageMs > lock.maximumListAgeMinutes * minute && !isEmergency(situation);
}

/** U6. */
const isUnrecordable = ({ lock, presented }: Situation): boolean =>
  !lock.state.canRecord && (presented.key.maxUses !== undefined || lock.whenUnrecorded === 'deny');

/** From *revoked* on, in the order in which they are made. */
export const checks: readonly Check[] = [
  ['revoked', isRevoked],
  ['pending', isPending],
  ['holder_suspended', isSuspended],
  ['profile_blocked', ({ presented }) => presented.profile?.kind === 'blocked'],
  ['lock_inactive', ({ lock }) => lock.status === 'inactive'],
  ['lockdown', isLockedDown],
  ['not_yet_valid', isNotYetValid],
  ['expired', isExpired],
  ['clock_uncertain', isClockUncertain],
  ['outside_repeat_window', isOutsideRepeatWindow],
  ['outside_profile_schedule', isOutsideProfileSchedule],
  ['outside_lock_schedule', isOutsideLockSchedule],
  ['holiday', isClosedByHoliday],
  ['method_not_allowed', isMethodRefused],
  ['cooldown', isCoolingDown],
  ['assurance_too_low', isAssuranceTooLow],
  ['floor_not_allowed', isFloorRefused],
  ['second_factor_needed', isSecondFactorNeeded],
  ['replayed', isReplayed],
  ['passed_back', isPassedBack],
  ['first_person_missing', isFirstPersonMissing],
  ['uses_exhausted', isUsedUp],
  ['access_list_too_old', isListTooOld],
  ['cannot_be_recorded', isUnrecordable],
];
