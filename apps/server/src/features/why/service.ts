import { createZoneClock, findInstant } from '@claviger/authority';
import {
  credentialMethods,
  explainDecision,
  indexAccessList,
  reasons,
  type AccessList,
  type CredentialMethod,
  type Instant,
  type PlainDetail,
  type Reason,
} from '@claviger/domain';
import { Refusal, type Why } from '@claviger/protocol';
import { z } from 'zod';
import type { Transaction } from '../../platform/database/index.ts';
import { compileFor, findDecidingList, type ListMaking } from '../access-lists/index.ts';
import { getKey, heldUntil } from '../keys/index.ts';
import { getLock } from '../locks/index.ts';
import { attemptOf, isByRuleOfQr, memoryOf, usualPathOf, type Attempted } from './attempts.ts';
import { findEvent, findPlace, type ExplainedEvent } from './store.ts';

export interface WhyParts {
  readonly making: ListMaking;
  readonly now: () => Instant;
}

function explained(list: AccessList, attempted: Attempted): Pick<Why, 'answer' | 'suspended'> {
  const indexed = indexAccessList(list);
  const { decision, checks } = explainDecision(indexed, memoryOf(attempted), attemptOf(list, attempted));
  const { outcome, reason, key, silentAlarm, uses, suspended } = decision;
  const answer = {
    attempt: 0,
    lock: list.lock.id,
    at: new Date(attempted.at).toISOString(),
    decision: outcome,
    reason,
    ...(key !== undefined && { key }),
    checks: [...checks],
    silentAlarm,
    ...(uses && { uses }),
  };
  return { answer, ...(suspended && { suspended }) };
}

export interface AskedKey {
  readonly entityId: string;
  readonly keyId: string;
  readonly lockId: string;
  readonly method: CredentialMethod;
  readonly isStatic: boolean;
  readonly at: string | undefined;
}

function instantOf(at: string | undefined, zone: string, now: Instant): Instant {
  if (at === undefined) return now;
  const found = findInstant(createZoneClock(zone), at, 'earlier');
  if (found !== undefined) return found;
  throw new Refusal('invalid_input', { issues: [{ path: 'query.at', problem: 'time_is_skipped' }] });
}

/** Whether the question is about the static picture and not about the QR that moves. */
function isOfPicture({ isStatic, method }: AskedKey): boolean {
  return isStatic && method === 'qr';
}

/**
 * What Keys and Locks show of this Binding's door. Refuses not_found where there is no such Binding, and
 * no_picture_shared where the question is about a picture that does not exist.
 */
async function atTheDoor(tx: Transaction, asked: AskedKey, { making, now }: WhyParts) {
  const isStatic = isOfPicture(asked);
  const key = await getKey(tx, asked, { sealingKey: making.sealingKey, now });
  const binding = key.bindings.find(({ lockId }) => lockId === asked.lockId);
  if (!binding) throw new Refusal('not_found');
  if (isStatic && !key.picture) {
    const issue = { path: 'query.isStatic', problem: 'no_picture_shared' };
    throw new Refusal('invalid_input', { issues: [issue] });
  }
  const { isOnline, offlineSince } = await getLock(tx, asked, now());
  const { state, enforcement, usesSpent } = binding;
  const isAway = !isOnline && offlineSince !== undefined;
  const isPictureOver = key.picture?.isCurrent === false;
  const isInDoubt = heldUntil(enforcement) !== undefined;
  return {
    usesSpent,
    isInDoubt,
    isPictureOver,
    door: { state, enforcement, ...(isAway && { offlineSince }) },
  };
}

/**
 * Would this Key open this lock, by what is wanted now? `door` tells what the door itself has of that. An
 * instant far from now is decided as by a list of that day: the question assumes that the door stays in
 * contact, so that its table of zone offsets does not run out. Refuses not_found, time_is_skipped and
 * no_picture_shared.
 */
export async function whyKey(tx: Transaction, asked: AskedKey, parts: WhyParts): Promise<Why> {
  const { entityId, keyId, lockId, method } = asked;
  const isStatic = isOfPicture(asked);
  const place = await findPlace(tx, entityId, lockId);
  if (!place) throw new Refusal('not_found');
  const { usesSpent, isInDoubt, isPictureOver, door } = await atTheDoor(tx, asked, parts);
  const now = parts.now();
  const at = instantOf(asked.at, place.zone, now);
  const ownershipEpoch = Math.max(1, place.ownershipEpoch ?? 1);
  // Only that Key is tested (SEMANTICS C11), so the others need not be read.
  const wanted = { entityId, lockId, ownershipEpoch, at: now, tableAt: at, keyIds: [keyId] };
  const made = await compileFor(tx, wanted, parts.making);
  if (!made) throw new Refusal('not_found');
  const heading = { device: made.lock.deviceId, ownershipEpoch, incarnation: 1, version: 1, signedAt: now };
  const attempted: Attempted = {
    method,
    at,
    uncertaintyMs: 0,
    keyId,
    path: usualPathOf(method),
    spent: usesSpent,
    isInDoubt,
    isStatic,
    isOldIssue: isStatic && isPictureOver,
    second: undefined,
    reason: undefined,
  };
  return { ...explained(made.compile(heading), attempted), door };
}

/** What the door adds to a refusal of a Key whose uses it does not know. */
const counterSuspended = 'suspended_counter' satisfies PlainDetail;

const eventName = z.tuple([z.uuid(), z.coerce.number().int(), z.coerce.number().int()]);

function credentialMethod(text: string | null): CredentialMethod | undefined {
  return credentialMethods.find((known) => known === text);
}

function attemptedIn(event: ExplainedEvent, method: CredentialMethod): Attempted {
  const isGranted = event.type === 'key_accepted';
  const spentBefore = (event.usesSpent ?? 0) - (isGranted ? 1 : 0);
  return {
    method,
    at: event.at,
    uncertaintyMs: event.uncertaintyMs,
    keyId: event.keyId ?? undefined,
    path: event.path ?? usualPathOf(method),
    spent: Math.max(0, spentBefore),
    isInDoubt: event.detail === counterSuspended,
    isStatic: event.isStatic === true,
    isOldIssue: false,
    second: credentialMethod(event.second),
    reason: reasons.find((known: Reason) => known === event.reason),
  };
}

/** What the door said of a Key that its list did not know: what decided stood in the QR alone. */
function asTheDoorSaid({ at, reason }: Attempted, { type, lockId, keyId }: ExplainedEvent): Why['answer'] {
  const isGranted = type === 'key_accepted';
  return {
    attempt: 0,
    lock: lockId,
    at: new Date(at).toISOString(),
    decision: isGranted ? 'granted' : 'denied',
    reason: isGranted ? 'granted' : (reason ?? 'internal_fault'),
    ...(keyId !== null && { key: keyId }),
    checks: [],
    silentAlarm: false,
  };
}

/** An attempt of the log and the list that decided it. */
async function findDecided(tx: Transaction, entityId: string, eventId: string) {
  const name = eventName.safeParse(eventId.split('.'));
  if (!name.success) throw new Refusal('not_found');
  const [deviceId, logEpoch, sequence] = name.data;
  const event = await findEvent(tx, entityId, { deviceId, logEpoch, sequence });
  const method = credentialMethod(event?.method ?? null);
  if (!event || !method || event.incarnation === null || event.version === null) {
    throw new Refusal('not_found');
  }
  const { lockId, incarnation, version } = event;
  const found = await findDecidingList(tx, { entityId, lockId }, { incarnation, version });
  if (!found) throw new Refusal('not_found');
  return { event, list: found, attempted: attemptedIn(event, method) };
}

/**
 * Why a Key was accepted or refused: the checks, by the list that decided. Refuses not_found for an event
 * that is no attempt with a Key, and for one whose list was forgotten.
 */
export async function whyEvent(tx: Transaction, entityId: string, eventId: string): Promise<Why> {
  const { event, list, attempted } = await findDecided(tx, entityId, eventId);
  const { uncertaintyMs } = event;
  if (isByRuleOfQr(list, attempted)) {
    return { answer: asTheDoorSaid(attempted, event), uncertaintyMs, isByRuleOfQr: true };
  }
  const why = explained(list, attempted);
  const said = event.type === 'key_accepted' ? 'granted' : event.reason;
  return { ...why, uncertaintyMs, ...(said !== null && said !== why.answer.reason && { differs: said }) };
}
