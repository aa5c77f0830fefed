import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { seeMails } from './permissions.ts';
import { listOutbox, type MailParts } from './service.ts';

export function mailRoutes(parts: MailParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listMails, {
      permission: seeMails,
      resource: { type: 'entity', param: 'entityId' },
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, input, transact }) =>
        transact((tx) => listOutbox(tx, actor.entityId, { cursor: input.query.cursor, parts })),
    }),
  ];
}
