import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { askWhy } from './permissions.ts';
import { whyEvent, whyKey, type WhyParts } from './service.ts';

const read = { none: 'reading changes nothing' } as const;

export function whyRoutes(parts: WhyParts): RouteDeclaration[] {
  return [
    defineRoute(contract.whyKey, {
      permission: askWhy,
      resource: { type: 'key', param: 'keyId' },
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) => {
        const { lockId, method, isStatic, at } = input.query;
        const asked = { entityId: actor.entityId, keyId: input.params.keyId, lockId, method, isStatic, at };
        return transact((tx) => whyKey(tx, asked, parts));
      },
    }),
    defineRoute(contract.whyEvent, {
      permission: askWhy,
      resource: { type: 'event' },
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) => whyEvent(tx, actor.entityId, input.params.eventId)),
    }),
  ];
}
