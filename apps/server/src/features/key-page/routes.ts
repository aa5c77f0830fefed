import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { followCommand, openByKey, showKey, type KeyPageParts } from './service.ts';

interface Limited {
  readonly input: { readonly body: { readonly token: string } };
  readonly visitor: { readonly address: string };
}

const tokenOf = ({ input }: Limited): string => input.body.token;

/**
 * Wrong tokens by address, whichever call they come with: for the log's sake, since 128 bits are not guessed
 * at any rate (reliability 3.11). A right token is never refused for a neighbour's wrong ones (decision
 * record 0027).
 */
const wrongTokens = {
  name: 'key-page-wrong',
  burst: 60,
  refillS: 2,
  counts: 'not_found',
  subject: ({ visitor }: Limited) => addressSubject(visitor.address),
} as const;

/** One link may stand open in fifteen pages at once, each of which looks every fifteen seconds. */
const readLimits = [
  { name: 'key-page-token', burst: 60, refillS: 1, subject: tokenOf },
  wrongTokens,
] as const;

/** Nobody presses Open more often; the door has its own rules. */
const openLimits = [{ name: 'key-open-token', burst: 6, refillS: 5, subject: tokenOf }, wrongTokens] as const;

/** The page asks once a second while a door is opening. */
const followLimits = [
  { name: 'key-follow-token', burst: 60, refillS: 1, subject: tokenOf },
  wrongTokens,
] as const;

/** The calls of the page of a Key; the token in the body is all that lets anybody in. */
export function keyPageRoutes(parts: KeyPageParts): RouteDeclaration[] {
  return [
    defineRoute(contract.showKeyPage, {
      permission: 'public',
      scope: 'installation',
      resource: { type: 'key' },
      audit: { none: 'reading changes nothing' },
      limits: readLimits,
      handler: ({ input }) => showKey(input.body.token, parts),
    }),
    defineRoute(contract.openByKey, {
      permission: 'public',
      scope: 'installation',
      resource: { type: 'key' },
      audit: { none: 'a Key that is presented stands in the Activity of its lock' },
      limits: openLimits,
      handler: ({ input, idempotencyKey = '' }) => openByKey({ ...input.body, press: idempotencyKey }, parts),
    }),
    defineRoute(contract.followKeyCommand, {
      permission: 'public',
      scope: 'installation',
      resource: { type: 'key' },
      audit: { none: 'reading changes nothing' },
      limits: followLimits,
      handler: ({ input }) => followCommand(input.body, parts),
    }),
  ];
}
