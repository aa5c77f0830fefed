import { isIP } from 'node:net';
import { mailLanguages, type MailLanguage } from '@claviger/protocol';
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

const userAgentLimit = 300;
const acceptedLimit = 200;
const nowhere = '0.0.0.0';

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

/** The address without its zone; what a proxy forwards and is none counts as the proxy's own. */
function addressOf({ ip, socket }: FastifyRequest): string {
  const address = isIP(ip) ? ip : (socket.remoteAddress ?? nowhere);
  return address.split('%', 1)[0] ?? nowhere;
}

/** The first language of the header that we speak, whatever weight it gives; the page sends its own alone. */
function languageOf(accepted = ''): MailLanguage {
  const asked = accepted.slice(0, acceptedLimit).toLowerCase().split(',');
  const spoken = asked.map((range) => mailLanguages.find((language) => range.trim().startsWith(language)));
  return spoken.find((language) => language !== undefined) ?? 'en';
}

export function visitorOf(request: FastifyRequest): Visitor {
  return {
    address: addressOf(request),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, userAgentLimit),
    cookie: request.headers.cookie ?? '',
    language: languageOf(request.headers['accept-language']),
  };
}
