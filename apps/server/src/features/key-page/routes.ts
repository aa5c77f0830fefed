import { contract } from '@claviger/protocol';
import { addressSubject, defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { followCommand, openByKey, showKey, type KeyPageParts } from './service.ts';

interface Limited {
  readonly input: { readonly body: { readonly token: string } };
  readonly visitor: { readonly address: string };
}

const tokenOf = ({ input }: Limited): string => input.body.token;
const addressOf = ({ visitor }: Limited): string => addressSubject(visitor.address);

/** Who tries tokens meets the limit of the address; 128 bits do the rest (reliability 3.11). */
const readLimits = [
  { name: 'key-page-token', burst: 30, refillS: 2, subject: tokenOf },
  { name: 'key-page-address', burst: 60, refillS: 2, subject: addressOf },
] as const;

/** Nobody presses Open more often; the door has its own rules. */
const openLimits = [
  { name: 'key-open-token', burst: 6, refillS: 5, subject: tokenOf },
  { name: 'key-open-address', burst: 30, refillS: 5, subject: addressOf },
] as const;

/** The page asks twice a second while a door is opening. */
const followLimits = [
  { name: 'key-follow-token', burst: 60, refillS: 1, subject: tokenOf },
  { name: 'key-follow-address', burst: 120, refillS: 1, subject: addressOf },
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
