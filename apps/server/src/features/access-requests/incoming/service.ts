import { firstCharacters, isMandateLength, requestStateAt, type RequestKind } from '@claviger/domain';
import { Refusal, type IncomingRequest, type Mandate } from '@claviger/protocol';
import { addJob, newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import { tellRolesChanged } from '../../../platform/live/index.ts';
import { queueMail } from '../../mails/index.ts';
import { approvedMailText, rejectedMailText } from '../mail-text.ts';
import { endMandateKey, endMandateTask } from '../mandates/ending.ts';
import { getMandate } from '../mandates/shown.ts';
import type { RequestParts } from '../parts.ts';
import { addMandate, addUser, holdUsersOf, type KnownUser } from './approval/store.ts';
import * as store from './store.ts';

/** Of those that are over; older ones stand in the Audit. */
const shownLimit = 100;
/** More than reach one owner in two weeks (`askLimits`): none that waits is hidden by others. */
const waitingLimit = 1_000;

/** What each kind of request gives. */
const roles = {
  installer: 'installer',
  entity_management: 'local_admin',
  break_glass: 'local_admin',
} as const satisfies Record<RequestKind, Mandate['role']>;

/** Incoming Requests: those that wait, then those that are over, each newest first. Scope: the Entity. */
export async function listIncoming(
  tx: Transaction,
  entityId: string,
  now: number,
): Promise<IncomingRequest[]> {
  const rows = [
    ...(await store.listIncoming(tx, entityId, { waiting: true, at: now, limit: waitingLimit })),
    ...(await store.listIncoming(tx, entityId, { waiting: false, at: now, limit: shownLimit })),
  ];
  const ids = rows.map(({ id }) => id);
  const locks = await store.listRequestedLocks(tx, entityId, ids);
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, email: row.email, reason: row.reason },
    ...{ wantedForMinutes: row.wantedForMinutes, askedAt: row.askedAt, expiresAt: row.expiresAt },
    state: requestStateAt(row, now),
    locks: locks
      .filter(({ incomingId }) => incomingId === row.id)
      .map(({ id, name, serial }) => ({ id, name, serial })),
  }));
}

interface IncomingPlace {
  readonly entityId: string;
  readonly incomingId: string;
}

/** A request that can still be decided, held. Refuses not_found, and request_over. */
async function holdOpen(tx: Transaction, place: IncomingPlace, now: number): Promise<store.Incoming> {
  const held = await store.holdIncoming(tx, place);
  if (!held) throw new Refusal('not_found');
  if (requestStateAt(held, now) !== 'pending') throw new Refusal('request_over');
  return held;
}

/** The Entity, and its Owner. */
type Reached = Pick<Member, 'ownerId' | 'entityId'>;

/**
 * Whom the Owner knows by the Account that asked, or knows from now on. A User with its address and without
 * an Account is not that person: an address that nobody has proven would take over what the User has. Refuses
 * has_role_already, user_deactivated and user_without_account.
 */
export async function userOf(
  tx: Transaction,
  actor: Reached,
  asked: Pick<store.Incoming, 'accountId' | 'email'>,
): Promise<string> {
  const { accountId } = asked;
  // Whom another Entity of the Owner approves at the same time is known when that is done.
  const known = await knownOrAdded(tx, actor, asked);
  if (typeof known === 'string') return known;
  const own = known.find((user) => user.accountId === accountId);
  if (own?.hasRole) throw new Refusal('has_role_already');
  if (own && own.status !== 'active') throw new Refusal('user_deactivated');
  if (own) return own.id;
  throw new Refusal('user_without_account');
}

/** The Users whom it may be, or the id of one who is added because there was none. */
async function knownOrAdded(
  tx: Transaction,
  { ownerId, entityId }: Reached,
  { accountId, email }: Pick<store.Incoming, 'accountId' | 'email'>,
): Promise<string | readonly KnownUser[]> {
  const who = { ownerId, entityId, accountId, email };
  const known = await holdUsersOf(tx, who);
  if (known.length > 0) return known;
  const id = newIdentifier();
  const name = firstCharacters(email.split('@')[0] || email, 80);
  return (await addUser(tx, { id, ownerId, accountId, name, email })) ? id : holdUsersOf(tx, who);
}

/** What is given for a request, to whom and by whom. */
export interface Given extends IncomingPlace {
  readonly ownerId: string;
  readonly asked: Pick<store.Incoming, 'accountId' | 'kind'>;
  readonly userId: string;
  readonly approvedBy: string;
  readonly minutes: number;
  readonly at: number;
}

/** Gives a Mandate from now on, which ends by itself. Scope: the Owner. */
export async function giveMandate(tx: Transaction, given: Given): Promise<Mandate> {
  const { asked, at, ...mandate } = given;
  const { entityId, incomingId, approvedBy } = given;
  const id = newIdentifier();
  const { accountId, kind } = asked;
  const until = await addMandate(tx, { ...mandate, id, accountId, role: roles[kind] });
  await store.decide(tx, { entityId, incomingId }, { state: 'approved', by: approvedBy, at });
  const payload = { entityId, mandateId: id };
  await addJob(tx, { task: endMandateTask, payload, runAt: until, key: endMandateKey(id) });
  await tellRolesChanged(tx, entityId);
  return getMandate(tx, { entityId, mandateId: id });
}

/** What Approve gave. */
export interface Approved {
  readonly mandate: Mandate;
  readonly asked: store.Incoming;
}

/**
 * Approve: a Mandate from now on, which ends by itself. Refuses not_found, request_over, invalid_input beside
 * the duration (duration_out_of_bounds), and as `userOf`. Scope: the Owner.
 */
export async function approveRequest(
  tx: Transaction,
  actor: Member,
  given: { readonly incomingId: string; readonly minutes: number; readonly parts: RequestParts },
): Promise<Approved> {
  const { entityId, ownerId, userId: approvedBy } = actor;
  const { incomingId, minutes, parts } = given;
  const place = { entityId, incomingId };
  const now = parts.now();
  const asked = await holdOpen(tx, place, now);
  if (!isMandateLength(asked.kind, minutes)) {
    const issues = [{ path: 'body.durationMinutes', problem: 'duration_out_of_bounds' }];
    throw new Refusal('invalid_input', { issues });
  }
  const userId = await userOf(tx, actor, asked);
  const wanted = { ...place, ownerId, asked, userId, approvedBy, minutes, at: now };
  const mandate = await giveMandate(tx, wanted);
  const link = `${parts.publicOrigin}/e/${entityId}`;
  const { language } = asked;
  const { until } = mandate;
  const text = approvedMailText({ ...(await store.findPlace(tx, entityId)), language, until, link });
  await queueMail(tx, { entityId, to: asked.email, ...text }, parts.mails);
  return { mandate, asked };
}

/** Reject. Refuses not_found, and request_over. Scope: the Entity. */
export async function rejectRequest(
  tx: Transaction,
  { entityId, userId }: Member,
  { incomingId, parts }: { readonly incomingId: string; readonly parts: RequestParts },
): Promise<store.Incoming> {
  const place = { entityId, incomingId };
  const now = parts.now();
  const asked = await holdOpen(tx, place, now);
  await store.decide(tx, place, { state: 'rejected', by: userId, at: now });
  const text = rejectedMailText({ ...(await store.findPlace(tx, entityId)), language: asked.language });
  await queueMail(tx, { entityId, to: asked.email, ...text }, parts.mails);
  return asked;
}
