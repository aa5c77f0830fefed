import type { Assurance, CredentialMethod, DoorMode } from '../key.ts';
import type { Capability } from '../model.ts';
import { readingAt } from '../time/zone.ts';
import { isCounterFresh, isPictureTaken, isStatic, isStepFresh } from './recognition.ts';
import type { Case } from './situation.ts';

/** SEMANTICS M1: the capability that a method needs; app and link need none. */
const capabilityOf: Readonly<Record<CredentialMethod, Capability | undefined>> = {
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
};

const capabilityOfMode: Readonly<Record<DoorMode, Capability>> = {
  day_latch: 'day_latch',
  permanent_open: 'permanent_open',
  party: 'party_mode',
};

/** PRODUCT section 3, "Locks": for so long after closing nothing acts by itself (SEMANTICS L5). */
const restAfterClosingMs = 15_000;

/** SEMANTICS M2: the chip that decides whether a method is open to the holder of a wallet or intercom Key. */
const chipOf: Partial<Record<CredentialMethod, 'hasMobile' | 'hasIntercom'>> = {
  qr: 'hasIntercom',
  pass: 'hasIntercom',
  app: 'hasMobile',
  keyless_go: 'hasMobile',
  auto_unlock: 'hasMobile',
};

function hasChip({ attempt, key: { rule } }: Case): boolean {
  const chip = chipOf[attempt.first.method];
  return chip === undefined || rule[chip] || (rule.type !== 'wallet' && rule.type !== 'intercom');
}

function hasPermission({ key }: Case, permission: 'keyless_go' | 'auto_unlock' | DoorMode): boolean {
  const { profile } = key;
  return profile?.kind === 'admin' || (profile?.permissions.includes(permission) ?? false);
}

/** SEMANTICS M3, P4, P5. */
function isModeAllowed(known: Case, mode: DoorMode): boolean {
  const { capabilities, doorModes } = known.list.lock;
  return (
    capabilities.includes(capabilityOfMode[mode]) && doorModes.includes(mode) && hasPermission(known, mode)
  );
}

export function isMethodAllowed(known: Case): boolean {
  const { method } = known.attempt.first;
  const { doorMode } = known.attempt;
  const capability = capabilityOf[method];
  const isProximity = method === 'keyless_go' || method === 'auto_unlock';
  return (
    (capability === undefined || known.list.lock.capabilities.includes(capability)) &&
    hasChip(known) &&
    (!isProximity || hasPermission(known, method)) &&
    (doorMode === undefined || isModeAllowed(known, doorMode))
  );
}

/** SEMANTICS L5: from the instant of closing to 15 seconds after it. */
export function isDoorRested({ memory, attempt }: Case): boolean {
  const { closedAt } = memory.lock;
  return closedAt === undefined || attempt.at < closedAt || attempt.at >= closedAt + restAfterClosingMs;
}

/** A word that is not in the table compares with nothing, and so denies. */
const rankOf: Readonly<Record<Assurance, number>> = { low: 0, medium: 1, high: 2 };

/** SEMANTICS M5, M8. */
export function isAssuranceEnough(known: Case): boolean {
  const { attempt, list, key, credential, second } = known;
  if (!isPictureTaken(attempt.first, key.rule, list.lock)) return false;
  const first = isStatic(attempt.first) ? rankOf.low : rankOf[credential.assurance];
  const level = second.outcome === 'right' ? Math.max(first, rankOf[second.assurance]) + 1 : first;
  return level >= rankOf[list.lock.minimumAssurance];
}

/** The floors that a grant releases; undefined at a lock without lift floors. */
export function releasedFloors({ list, key, attempt }: Case): readonly number[] | undefined {
  const { capabilities, floors } = list.lock;
  if (!capabilities.includes('lift_floors')) return undefined;
  const allowed =
    key.rule.floors.length > 0 ? floors.filter((floor) => key.rule.floors.includes(floor)) : floors;
  return attempt.floor === undefined ? allowed : allowed.filter((floor) => floor === attempt.floor);
}

/** SEMANTICS M4. */
export function isFloorAllowed(known: Case): boolean {
  const floors = releasedFloors(known);
  const isAnyEnough = known.attempt.floor === undefined && known.key.rule.floors.length === 0;
  return floors === undefined || isAnyEnough || floors.length > 0;
}

export function isSecondFactorThere({ list, key, second }: Case): boolean {
  return second.outcome === 'right' || !(list.lock.needsSecondFactor || key.rule.needsSecondFactor);
}

/** SEMANTICS M7. */
export function isFresh({ attempt, memory, remembered }: Case): boolean {
  const { first, at } = attempt;
  return first.method === 'button' ? isCounterFresh(first, memory) : isStepFresh(first, remembered, at);
}

/** SEMANTICS M6, L3. */
export function isOtherSide({ list, key, attempt, remembered }: Case): boolean {
  const minutes = list.lock.antiPassbackMinutes;
  const last = remembered.lastGrant;
  if (minutes === undefined || key.rule.isEmergency || last === undefined) return true;
  const isOther = last.side !== undefined && last.side !== attempt.side;
  return isOther || attempt.at >= last.at + minutes * 60_000;
}

/** SEMANTICS M9, L3. */
export function isFirstPersonThere({ list, key, memory, reading }: Case): boolean {
  if (!list.lock.hasFirstPersonIn || key.rule.isFirstPerson || key.rule.isEmergency) return true;
  const { firstPersonAt } = memory.lock;
  return firstPersonAt !== undefined && readingAt(list.zone, firstPersonAt).day === reading.day;
}

/** SEMANTICS U1, U2, U4. In doubt there is nothing to count by; such a Key is suspended (C6). */
export function hasUsesLeft({ key, remembered }: Case): boolean | undefined {
  if (remembered.isInDoubt === true && key.rule.maxUses !== undefined) return undefined;
  return key.rule.maxUses === undefined || remembered.spent < key.rule.maxUses;
}

/** SEMANTICS U3, L3. */
export function isListYoungEnough({ list, key, attempt }: Case): boolean {
  const minutes = list.lock.maximumListAgeMinutes;
  if (minutes === undefined || key.rule.isEmergency) return true;
  return attempt.at - attempt.listConfirmedAt <= minutes * 60_000;
}

/** SEMANTICS U6. */
export function canBeKept({ list, key, attempt }: Case): boolean {
  return attempt.canRecord || (key.rule.maxUses === undefined && list.lock.whenUnrecorded === 'admit');
}
