import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { acceptInvitation, showInvitation, type InvitationPageParts } from './service.ts';

interface Limited {
  readonly input: { readonly body: { readonly token: string } };
  readonly visitor: { readonly address: string };
}

const tokenOf = ({ input }: Limited): string => input.body.token;

/** Wrong tokens by address, for the log's sake: 128 bits are not guessed at any rate (record 0027). */
const wrongTokens = {
  name: 'invitation-wrong',
  burst: 60,
  refillS: 2,
  counts: 'not_found',
  subject: ({ visitor }: Limited) => addressSubject(visitor.address),
} as const;

/** Whoever has the link could try passwords of the Account: ten in a row, then one in half a minute. */
const acceptLimits = [
  { name: 'invitation-accept', burst: 10, refillS: 30, subject: tokenOf },
  wrongTokens,
] as const;

/** The calls of the page of an invitation; the token in the body is all that lets anybody in. */
export function invitationPageRoutes(parts: InvitationPageParts): RouteDeclaration[] {
  return [
    defineRoute(contract.showInvitation, {
      permission: 'public',
      scope: 'installation',
      resource: { type: 'invitation' },
      audit: { none: 'reading changes nothing' },
      limits: [wrongTokens],
      handler: ({ input }) => showInvitation(input.body.token, parts),
    }),
    defineRoute(contract.acceptInvitation, {
      permission: 'public',
      scope: 'installation',
      resource: { type: 'invitation' },
      audit: { none: 'the entry is added to the chain of the Entity, with the acceptance' },
      limits: acceptLimits,
      handler: ({ input, visitor, requestId, setCookies }) =>
        acceptInvitation({ ...input.body, visitor, requestId, setCookies }, parts),
    }),
  ];
}
