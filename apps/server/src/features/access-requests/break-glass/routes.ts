import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import type { RequestParts } from '../parts.ts';
import { breakGlass, findMeant } from './service.ts';

const limits = [
  {
    ...{ name: 'break-glass', burst: 5, refillS: 600 },
    subject: ({ actor }: { readonly actor: { readonly accountId: string } }) => actor.accountId,
  },
] as const;

/** The only way of an operator to what belongs to others. */
export function breakGlassRoute(parts: RequestParts): RouteDeclaration {
  return defineRoute(contract.breakGlass, {
    permission: 'operator',
    resource: { type: 'access_request' },
    scope: 'account',
    audit: 'access_request.break_glass',
    isStepUpNeeded: true,
    limits,
    handler: async ({ actor, input: { body: taken }, transact, note }) => {
      const meant = await findMeant(taken, parts);
      return transact(async (tx) => {
        const { answer, mandateId, userId } = await breakGlass(tx, actor, { meant, taken, parts });
        const { entityId, until } = answer;
        const made = { entityId, userId, accountId: actor.accountId };
        note({ objectType: 'mandate', objectId: mandateId, reason: taken.reason, after: { until }, made });
        return answer;
      });
    },
  });
}
