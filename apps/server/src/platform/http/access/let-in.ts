import type { AccountId, EntityId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authentication } from '../../authentication/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database, Transaction } from '../../database/index.ts';
import { addressSubject, type TokenBuckets } from '../limits/token-buckets.ts';
import type { RouteDeclaration } from '../route.ts';
import type { FoundApiKey, Member, SignedIn } from './actor.ts';
import {
  assertForPrograms,
  assertKeyHolds,
  findApiKeyOf,
  hasApiKey,
  isWithinKey,
  noteUse,
} from './api-key.ts';
import { pathIdentifier } from './audit.ts';
import { allows, installersMandate, type CarriedRole, type EntityPermission } from './permissions.ts';
import { findMembership, holdRole, isOperator, isWithinMandate } from './store.ts';
import { isMember, visitOf, visitorOf } from './visit.ts';

export interface DoorkeeperPorts {
  readonly database: Database;
  readonly authentication: Authentication;
  readonly accountBuckets: TokenBuckets;
  /** Wrong API keys, by address; right ones are not held up by them. */
  readonly wrongKeyBuckets: TokenBuckets;
  readonly clock: Clock;
}

/** What every declared route asks about its caller. */
export interface Doorkeeper {
  readonly letIn: typeof letIn;
  readonly assertStillPermitted: typeof assertStillPermitted;
  readonly mayStay: typeof mayStay;
}

/** For so long nobody is asked again to prove to be there, before what is dangerous (step-up). */
export const confirmationHoldsMs = 15 * 60_000;

/** The path parameter that names the Entity of a route in Entity scope. */
const entityParam = 'entityId';

async function findSignedIn(
  { authentication }: DoorkeeperPorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedIn> {
  const { cookie } = request.headers;
  if (cookie === undefined) throw new Refusal('not_signed_in');
  const { session, setCookies } = await authentication.findSession(cookie);
  if (setCookies.length > 0) reply.header('set-cookie', [...setCookies]);
  if (!session) throw new Refusal('not_signed_in');
  const { accountId, email, sessionId, expiresAt, confirmedAt } = session;
  return { accountId, email, sessionId, sessionExpiresAt: expiresAt, confirmedAt };
}

/** The caller as a member of the Entity in the path: to anybody else that Entity does not exist. */
async function findMember(
  { database }: DoorkeeperPorts,
  request: FastifyRequest,
  signedIn: SignedIn,
): Promise<Member> {
  const entityId = pathIdentifier(request, entityParam) as EntityId | undefined;
  if (entityId === undefined) throw new Refusal('not_found');
  const { accountId } = signedIn;
  const found = await database.transact({ kind: 'account', accountId }, (tx) => findMembership(tx, entityId));
  if (!found) throw new Refusal('not_found');
  const { endsInMs, until, mandateId, ...membership } = found;
  const ends = { roleEndsInMs: endsInMs ?? undefined, roleUntil: until ?? undefined };
  return { ...signedIn, entityId, ...membership, ...ends, mandateId: mandateId ?? undefined };
}

/**
 * Whether a role gives this to whoever calls: the role with its Mandate has it, and so has the API key, where
 * one came along. The smaller of the two.
 */
function isGiven(carried: CarriedRole, caller: SignedIn, permission: EntityPermission): boolean {
  return allows(carried, permission) && isWithinKey(caller, permission);
}

/** Somebody may stay; by the clock of the database for so long, if the Membership has an end. */
export interface Leave {
  readonly endsInMs: number | undefined;
}

/** Whether the session is open, or the API key holds. */
async function isStillSignedIn(
  { authentication, database }: DoorkeeperPorts,
  request: FastifyRequest,
  { apiKey }: Member,
): Promise<boolean> {
  if (!apiKey) return authentication.isSessionOpen(request.headers.cookie ?? '');
  return (await findApiKeyOf(database, request))?.id === apiKey.id;
}

/**
 * Whether somebody who was let in to their Entity still would be: the session is open, the Membership holds,
 * the role has the permission; undefined where not. Does not prolong the session, so that an open page does
 * not keep somebody signed in.
 */
export async function mayStay(
  ports: DoorkeeperPorts,
  route: RouteDeclaration,
  request: FastifyRequest,
): Promise<Leave | undefined> {
  const { actor } = visitOf(request);
  const { permission } = route;
  if (!isMember(actor) || typeof permission === 'string') return undefined;
  if (!(await isStillSignedIn(ports, request, actor))) return undefined;
  const { accountId, entityId } = actor;
  const found = await ports.database.transact({ kind: 'account', accountId }, (tx) =>
    findMembership(tx, entityId),
  );
  if (!found || found.mandateId !== (actor.mandateId ?? null)) return undefined;
  if (!isGiven(found, actor, permission)) return undefined;
  const ends = [found.endsInMs, actor.apiKey && actor.apiKey.expiresAt - ports.clock.now()];
  const known = ends.filter((end) => typeof end === 'number');
  return { endsInMs: known.length > 0 ? Math.min(...known) : undefined };
}

async function assertOperator({ database }: DoorkeeperPorts, accountId: AccountId): Promise<void> {
  const isAllowed = await database.transact({ kind: 'installation' }, (tx) => isOperator(tx, accountId));
  if (!isAllowed) throw new Refusal('not_permitted');
}

/**
 * Lets the caller of a declared route in, before anything of the body is read. Refuses with `not_signed_in`,
 * `too_many_requests`, `not_found` for the Entity of others just as for one that does not exist,
 * `not_permitted`, and `step_up_needed` where the route is dangerous and the person was not seen lately.
 */
export async function letIn(
  ports: DoorkeeperPorts,
  route: RouteDeclaration,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<void> {
  const { permission } = route;
  if (permission === 'public') return;
  if (hasApiKey(request)) {
    await letProgramIn(ports, route, request);
    return;
  }
  const visit = visitOf(request);
  const signedIn = await findSignedIn(ports, request, reply);
  visit.actor = signedIn;
  visit.isAccountable = true;
  const waitS = ports.accountBuckets.take(signedIn.accountId, ports.clock.now());
  if (waitS !== undefined) throw new Refusal('too_many_requests', { retryAfterS: waitS });
  await assertPermitted(ports, { request, route, signedIn });
  const isSeenLately = ports.clock.now() - signedIn.confirmedAt <= confirmationHoldsMs;
  if (route.isStepUpNeeded && !isSeenLately) throw new Refusal('step_up_needed');
}

interface Asked {
  readonly request: FastifyRequest;
  readonly route: RouteDeclaration;
  readonly signedIn: SignedIn;
  /** Of an API key: the Mandate under which it was made, if under one. */
  readonly madeUnder?: string | null;
}

async function assertPermitted(
  ports: DoorkeeperPorts,
  { request, route, signedIn, madeUnder }: Asked,
): Promise<void> {
  const { permission } = route;
  if (permission === 'signed_in' || permission === 'public') return;
  if (permission === 'operator') {
    await assertOperator(ports, signedIn.accountId);
    return;
  }
  const member = await findMember(ports, request, signedIn);
  // Another role than the one that it was made with: an API key does not come back to life with it.
  if (madeUnder !== undefined && madeUnder !== (member.mandateId ?? null)) throw new Refusal('not_found');
  visitOf(request).actor = member;
  if (!isGiven(member, member, permission)) throw new Refusal('not_permitted');
  await assertWithinMandate(ports, { request, route, member });
}

const mandatedObjects = ['lock', 'key', 'command'] as const;

/**
 * What an installer's Mandate is not about does not exist for the installer. What the path does not name, a
 * list or what is made, keeps to the Mandate by itself (`installersMandate`). Refuses with `not_found`.
 */
async function assertWithinMandate(
  { database }: DoorkeeperPorts,
  {
    request,
    route,
    member,
  }: { readonly request: FastifyRequest; readonly route: RouteDeclaration; readonly member: Member },
): Promise<void> {
  const { entityId } = member;
  const mandateId = installersMandate(member);
  const { resource } = route;
  const type = mandatedObjects.find((known) => known === resource.type);
  if (mandateId === undefined || type === undefined) return;
  const id = pathIdentifier(request, resource.param);
  const isWithin =
    id !== undefined &&
    (await database.transact({ kind: 'entity', entityId }, (tx) =>
      isWithinMandate(tx, { entityId, mandateId }, { type, id }),
    ));
  if (!isWithin) throw new Refusal('not_found');
}

/** Refuses too_many_requests where wrong API keys come from this address again and again. */
function wrongKey({ wrongKeyBuckets, clock }: DoorkeeperPorts, request: FastifyRequest): Refusal {
  const waitS = wrongKeyBuckets.take(addressSubject(visitorOf(request).address), clock.now());
  return waitS === undefined
    ? new Refusal('not_signed_in', { cause: 'wrong API key' })
    : new Refusal('too_many_requests', { retryAfterS: waitS });
}

/** The person for whom a program acts; it is nobody who was seen lately, and has no session. */
function actorOf({ accountId, id, name, permissions, expiresAt }: FoundApiKey): SignedIn {
  const apiKey = { id, name, permissions, expiresAt };
  return { accountId, email: '', sessionId: id, sessionExpiresAt: expiresAt, confirmedAt: 0, apiKey };
}

/**
 * Lets a program in by its API key: as the User that made it, in its Entity, as far as both may go now.
 * Refuses as `letIn` does, and whatever is no affair of programs with not_permitted.
 */
async function letProgramIn(
  ports: DoorkeeperPorts,
  route: RouteDeclaration,
  request: FastifyRequest,
): Promise<void> {
  const found = await findApiKeyOf(ports.database, request);
  if (!found) throw wrongKey(ports, request);
  const visit = visitOf(request);
  const signedIn = actorOf(found);
  visit.actor = signedIn;
  visit.isAccountable = true;
  const waitS = ports.accountBuckets.take(found.id, ports.clock.now());
  if (waitS !== undefined) throw new Refusal('too_many_requests', { retryAfterS: waitS });
  assertForPrograms(route);
  if (pathIdentifier(request, entityParam) !== found.entityId) throw new Refusal('not_found');
  await assertPermitted(ports, { request, route, signedIn, madeUnder: found.mandateId });
  await noteUse(ports.database, found);
}

/**
 * A role that was taken away since the caller was let in counts no more: it is read again where the effect
 * is. Refuses with `not_found` and `not_permitted`.
 */
export async function assertStillPermitted(
  tx: Transaction,
  route: RouteDeclaration,
  request: FastifyRequest,
): Promise<void> {
  const { actor } = visitOf(request);
  const { permission } = route;
  if (!isMember(actor) || typeof permission === 'string') return;
  const held = await holdRole(tx, actor);
  const isOther = held?.mandateId !== (actor.mandateId ?? null);
  if (held === undefined || isOther) throw new Refusal('not_found');
  await assertKeyHolds(tx, actor);
  if (!isGiven(held, actor, permission)) throw new Refusal('not_permitted');
}

/** The one doorkeeper of the server; only the proof of the authorisation (record 0049) puts another there. */
export const doorkeeper: Doorkeeper = { letIn, assertStillPermitted, mayStay };
