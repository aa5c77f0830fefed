import { contract } from '@claviger/protocol';
import {
  addressSubject,
  defineRoute,
  type RouteDeclaration,
  type SignedIn,
  type Visitor,
} from '../../platform/http/index.ts';
import type { RequestParts } from './parts.ts';
import { listSubmitted, submitRequest, withdrawRequest, type AskedAccess } from './submitted/service.ts';

const submitted = { type: 'access_request' } as const;

interface Asking {
  readonly input: { readonly body: { readonly ownerEmail: string } };
  readonly actor: SignedIn;
  readonly visitor: Visitor;
}

/**
 * A request costs its receiver attention, and many would try which addresses are owners: so many at once by
 * one Account, from one address, and to one owner, who may not exist.
 */
const askLimits = [
  {
    name: 'access-request-account',
    burst: 10,
    refillS: 1_800,
    subject: ({ actor }: Asking) => actor.accountId,
  },
  {
    name: 'access-request-address',
    burst: 20,
    refillS: 600,
    subject: ({ visitor }: Asking) => addressSubject(visitor.address),
  },
  {
    name: 'access-request-owner',
    burst: 20,
    refillS: 1_800,
    subject: ({ input }: Asking) => input.body.ownerEmail.toLowerCase(),
  },
] as const;

/** What the Audit keeps of a request: neither owner nor lock, which belong to somebody else. */
function audited({ kind, durationMinutes }: AskedAccess) {
  return { kind, ...(durationMinutes !== undefined && { minutes: durationMinutes }) };
}

function asking({ now }: RequestParts): RouteDeclaration[] {
  return [
    defineRoute(contract.requestInstallerAccess, {
      permission: 'signed_in',
      resource: submitted,
      scope: 'account',
      audit: 'access_request.submit',
      limits: askLimits,
      handler: async ({ actor, input, transact, note }) => {
        const asked = { kind: 'installer', ...input.body } as const;
        await transact(async (tx) => {
          const { requestId } = await submitRequest(tx, actor, { asked, now: now() });
          note({ objectId: requestId, after: audited(asked) });
        });
        return undefined;
      },
    }),
    defineRoute(contract.requestEntityManagement, {
      permission: 'signed_in',
      resource: submitted,
      scope: 'account',
      audit: 'access_request.submit',
      limits: askLimits,
      handler: async ({ actor, input, transact, note }) => {
        const asked = { kind: 'entity_management', ...input.body } as const;
        await transact(async (tx) => {
          const { requestId } = await submitRequest(tx, actor, { asked, now: now() });
          note({ objectId: requestId, after: audited(asked) });
        });
        return undefined;
      },
    }),
  ];
}

/** What an Account does with its own requests. */
export function submittedRoutes(parts: RequestParts): RouteDeclaration[] {
  const { now } = parts;
  return [
    ...asking(parts),
    defineRoute(contract.listSubmittedRequests, {
      permission: 'signed_in',
      resource: submitted,
      scope: 'account',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, transact }) =>
        transact(async (tx) => ({ items: await listSubmitted(tx, actor, now()) })),
    }),
    defineRoute(contract.withdrawRequest, {
      permission: 'signed_in',
      resource: { ...submitted, param: 'requestId' },
      scope: 'account',
      audit: 'access_request.withdraw',
      handler: async ({ actor, input, transact }) => {
        const { requestId } = input.params;
        await transact((tx) => withdrawRequest(tx, actor, { requestId, now: now() }));
        return undefined;
      },
    }),
  ];
}
