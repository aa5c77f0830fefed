import type { FastifyRequest } from 'fastify';
import type { AuditNote, RouteDeclaration, Visitor } from '../route.ts';
import type { Member, SignedIn } from './actor.ts';

/** What is known of one request so far. */
export interface Visit {
  actor: SignedIn | Member | undefined;
  /** Its handler has begun, or its caller is known: from here on a refusal is audited. */
  isAccountable: boolean;
  /** The row of an audited call is durable. */
  isAudited: boolean;
  note: AuditNote;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How a route of the API was declared. */
    readonly declaration?: RouteDeclaration;
    /** Why another route needs no declaration. */
    readonly exception?: string;
  }
}

const visits = new WeakMap<FastifyRequest, Visit>();

/** The visit of this request, begun at its first use. */
export function visitOf(request: FastifyRequest): Visit {
  const known = visits.get(request);
  if (known) return known;
  const visit: Visit = { actor: undefined, isAccountable: false, isAudited: false, note: {} };
  visits.set(request, visit);
  return visit;
}

export function isMember(actor: SignedIn | Member | undefined): actor is Member {
  return actor !== undefined && 'entityId' in actor;
}

/** How the route that answers this request was declared; undefined where no route does. */
export function declarationOf(request: FastifyRequest): RouteDeclaration | undefined {
  return request.routeOptions.config.declaration;
}

export function visitorOf(request: FastifyRequest): Visitor {
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookie: request.headers.cookie ?? '',
  };
}
