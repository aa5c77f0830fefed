import type { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Audit, NewEntry } from '../../audit/index.ts';
import { goOnIn, type Database, type Scope, type Transaction } from '../../database/index.ts';
import { addressSubject } from '../limits/token-buckets.ts';
import { operationOf, type RouteDeclaration } from '../route.ts';
import { installersMandate } from './permissions.ts';
import { isMember, visitOf, visitorOf } from './visit.ts';

const causeLimit = 200;

const paramsShape = z.record(z.string(), z.string());

/** The identifier that the path gives the object, if it is one. */
export function pathIdentifier(request: FastifyRequest, param: string | undefined): string | undefined {
  const params = paramsShape.safeParse(request.params);
  const value = param !== undefined && params.success ? params.data[param] : undefined;
  return z.uuid().safeParse(value).data?.toLowerCase();
}

/** The scope in which this call of the route acts: a member's own Owner where the route says so. */
export function scopeOfCall(route: RouteDeclaration, request: FastifyRequest): Scope {
  const { actor } = visitOf(request);
  if (!isMember(actor)) return scopeOf(request);
  const { ownerId, entityId, roleUntil: until } = actor;
  if (route.scope === 'owner') return { kind: 'owner', ownerId, until };
  const mandateId = installersMandate(actor);
  return { kind: 'entity', entityId, until, mandateId };
}

/**
 * Where what is said of this request belongs, as far as its caller has been let in: also when the role is
 * over since.
 */
export function scopeOf(request: FastifyRequest): Scope {
  const { actor } = visitOf(request);
  if (isMember(actor)) return { kind: 'entity', entityId: actor.entityId };
  return actor ? { kind: 'account', accountId: actor.accountId } : { kind: 'installation' };
}

interface AuditedCall {
  readonly request: FastifyRequest;
  readonly route: RouteDeclaration;
  readonly operation: string;
}

/** Who asked for what, without its outcome. */
function entryOf({ request, route, operation }: AuditedCall): Omit<NewEntry, 'outcome'> {
  const { actor } = visitOf(request);
  return {
    scope: isMember(actor) ? 'entity' : actor ? 'account' : 'installation',
    entityId: isMember(actor) ? actor.entityId : undefined,
    accountId: actor?.accountId,
    userId: isMember(actor) ? actor.userId : undefined,
    mandateId: isMember(actor) ? actor.mandateId : undefined,
    apiKey: isMember(actor) ? actor.apiKey?.name : undefined,
    operation,
    objectType: route.resource.type,
    objectId: pathIdentifier(request, route.resource.param),
    requestId: request.id,
    address: visitorOf(request).address,
  };
}

/** What the body names, whatever else is wrong with it. */
function namedInBody({ request, route }: Omit<AuditedCall, 'operation'>): Partial<NewEntry> {
  const { inBody } = route.resource;
  const body = z.record(z.string(), z.unknown()).safeParse(request.body).data;
  const objectId = inBody && z.uuid().safeParse(body?.[inBody.field]).data?.toLowerCase();
  return objectId === undefined ? {} : { objectType: inBody?.type, objectId };
}

/**
 * Adds the entry of a call that was done: in the chain of the Entity that it made, else in that of the Entity
 * by whose Membership it was let in. `tx` is in the scope that `scopeOfCall` gives; this is the last thing
 * that it does.
 */
export async function auditCall(tx: Transaction, audit: Audit, call: AuditedCall): Promise<void> {
  const { made, ...note } = visitOf(call.request).note;
  if (made) await goOnIn(tx, { kind: 'entity', entityId: made.entityId });
  const of = made && { scope: 'entity' as const, ...made };
  await audit.add(tx, { ...entryOf(call), ...of, ...note, outcome: 'done' });
}

/** Calls that come too often are counted by their limit, and cost no write. */
const notAudited = new Set(['too_many_requests', 'temporarily_unavailable']);

/**
 * Adds the entry of an audited call that came to nothing, or counts it with others like it, unless one is
 * there already or nobody answers for it.
 */
export async function auditFailure(
  { database, audit }: { readonly database: Database; readonly audit: Audit },
  call: { readonly request: FastifyRequest; readonly route: RouteDeclaration },
  refusal: Refusal,
): Promise<void> {
  const operation = operationOf(call.route);
  const visit = visitOf(call.request);
  if (operation === undefined || visit.isAudited || !visit.isAccountable || notAudited.has(refusal.code))
    return;
  const { code, cause } = refusal;
  // What the handler had noted before it failed did not happen; why the person wanted it did. That is sealed
  // as it would have been: it may name whoever the act is about.
  const { reason, personal } = visit.note;
  const wanted = { reason, ...(reason !== undefined && { personal }) };
  const said = { ...entryOf({ ...call, operation }), ...namedInBody(call), ...wanted };
  const outcome = code === 'internal_fault' ? ('failed' as const) : ('refused' as const);
  const why = { outcome, code, ...(typeof cause === 'string' && { cause: cause.slice(0, causeLimit) }) };
  const source = addressSubject(visitorOf(call.request).address);
  await database.transact(scopeOf(call.request), (tx) =>
    audit.addRefusal(tx, { entry: { ...said, ...why }, source }),
  );
  visit.isAudited = true;
}
