import type { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Database, Scope, Transaction } from '../../database/index.ts';
import { operationOf, type RouteDeclaration } from '../route.ts';
import { addAuditRow, type AuditRow } from './store.ts';
import { isMember, visitOf, visitorOf } from './visit.ts';

const reasonLimit = 200;

const paramsShape = z.record(z.string(), z.string());

/** The identifier that the path gives the object, if it is one. */
export function pathIdentifier(request: FastifyRequest, param: string | undefined): string | undefined {
  const params = paramsShape.safeParse(request.params);
  const value = param !== undefined && params.success ? params.data[param] : undefined;
  return z.uuid().safeParse(value).data?.toLowerCase();
}

/** The scope in which this request may act: as far as its caller has been let in. */
export function scopeOf(request: FastifyRequest): Scope {
  const { actor } = visitOf(request);
  if (isMember(actor)) return { kind: 'entity', entityId: actor.entityId };
  return actor ? { kind: 'account', accountId: actor.accountId } : { kind: 'installation' };
}

type Outcome = Pick<AuditRow, 'outcome' | 'reason'>;

/** Adds the one row of this call; `tx` is in the scope that `scopeOf` gives. */
export async function auditCall(
  tx: Transaction,
  call: { readonly request: FastifyRequest; readonly route: RouteDeclaration; readonly operation: string },
  outcome: Outcome,
): Promise<void> {
  const { request, route, operation } = call;
  const { actor, note } = visitOf(request);
  await addAuditRow(tx, {
    scope: isMember(actor) ? 'entity' : actor ? 'account' : 'installation',
    entityId: isMember(actor) ? actor.entityId : undefined,
    accountId: actor?.accountId,
    userId: isMember(actor) ? actor.userId : undefined,
    operation,
    objectType: route.resource.type,
    objectId: note.objectId ?? pathIdentifier(request, route.resource.param),
    before: note.before,
    after: note.after,
    requestId: request.id,
    address: visitorOf(request).address,
    ...outcome,
  });
}

/** Calls that come too often leave no row: each would let a flood fill the disk. */
const notAudited = new Set(['too_many_requests', 'temporarily_unavailable']);

/** The code, and the cause where several causes have one answer. */
function reasonOf({ code, cause }: Refusal): string {
  return (typeof cause === 'string' ? `${code}: ${cause}` : code).slice(0, reasonLimit);
}

/**
 * Adds the row of an audited call that came to nothing, unless one is there already or nobody answers for it.
 */
export async function auditFailure(
  database: Database,
  call: { readonly request: FastifyRequest; readonly route: RouteDeclaration },
  refusal: Refusal,
): Promise<void> {
  const operation = operationOf(call.route);
  const visit = visitOf(call.request);
  if (operation === undefined || visit.isAudited || !visit.isAccountable || notAudited.has(refusal.code))
    return;
  const outcome = refusal.code === 'internal_fault' ? 'failed' : 'refused';
  await database.transact(scopeOf(call.request), (tx) =>
    auditCall(tx, { ...call, operation }, { outcome, reason: reasonOf(refusal) }),
  );
  visit.isAudited = true;
}
