import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { listMandates } from '../mandates/shown.ts';
import type { RequestParts } from '../parts.ts';
import { decideRequests } from '../permissions.ts';
import { approveRequest, listIncoming, rejectRequest } from './service.ts';

const incoming = { type: 'access_request', param: 'incomingId' } as const;

/** The address tells of whoever asked, whose key in the Audit is that of the request. */
function ofAsker(incomingId: string) {
  return { subjectId: incomingId, fields: ['email'] } as const;
}

/** What the managers of an Entity do with requests. */
export function incomingRoutes(parts: RequestParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listAccessRequests, {
      permission: decideRequests,
      resource: { type: 'entity', param: 'entityId' },
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor: { entityId }, transact }) =>
        transact(async (tx) => ({
          items: await listIncoming(tx, entityId, parts.now()),
          mandates: await listMandates(tx, entityId),
        })),
    }),
    defineRoute(contract.approveRequest, {
      permission: decideRequests,
      resource: incoming,
      scope: 'owner',
      audit: 'access_request.approve',
      isStepUpNeeded: true,
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { incomingId } = input.params;
          const wanted = { incomingId, minutes: input.body.durationMinutes, parts };
          const { mandate, asked } = await approveRequest(tx, actor, wanted);
          const { id: mandateId, role, until, locks, userId } = mandate;
          const given = { mandateId, role, until, userId, locks: locks.map(({ id }) => id) };
          const before = { minutes: asked.wantedForMinutes };
          note({ before, after: { ...given, email: asked.email }, personal: ofAsker(incomingId) });
          return mandate;
        }),
    }),
    defineRoute(contract.rejectRequest, {
      permission: decideRequests,
      resource: incoming,
      scope: 'entity',
      audit: 'access_request.reject',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const { incomingId } = input.params;
          const { email, kind } = await rejectRequest(tx, actor, { incomingId, parts });
          note({ before: { kind, email }, personal: ofAsker(incomingId) });
        });
        return undefined;
      },
    }),
  ];
}
