import type { Instant } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { announceSessionEnd, tellAccount, type TellParts } from '../accounts/index.ts';
import { makeApiKeys } from './permissions.ts';
import { listApiKeys, makeApiKey, revokeApiKey, type GrantableTo } from './service.ts';

export interface ApiKeyRouteParts extends TellParts {
  readonly grantable: GrantableTo;
  readonly now: () => Instant;
}

const entity = { type: 'entity', param: 'entityId' } as const;
const limits = [
  {
    ...{ name: 'api_keys_of_account', burst: 10, refillS: 60 },
    subject: ({ actor }: { readonly actor: { readonly accountId: string } }) => actor.accountId,
  },
] as const;

/** The calls of API keys: a person makes them, and no program. */
export function apiKeyRoutes(parts: ApiKeyRouteParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listApiKeys, {
      permission: makeApiKeys,
      resource: entity,
      scope: 'entity',
      audit: { none: 'reads the own API keys' },
      handler: ({ actor, transact }) => transact((tx) => listApiKeys(tx, actor, parts.grantable)),
    }),
    defineRoute(contract.makeApiKey, {
      permission: makeApiKeys,
      resource: entity,
      scope: 'entity',
      audit: 'api_key.make',
      isStepUpNeeded: true,
      limits,
      handler: ({ actor, input, visitor: { language }, transact, note }) =>
        transact(async (tx) => {
          const made = await makeApiKey(tx, { actor, input: input.body }, parts);
          const { id: objectId, name, permissions, expiresAt } = made;
          note({ objectType: 'api_key', objectId, after: { name, permissions, validUntil: expiresAt } });
          const told = { accountId: actor.accountId, kind: 'api_key_made', language, detail: name } as const;
          await tellAccount(tx, told, parts);
          return made;
        }),
    }),
    defineRoute(contract.revokeApiKey, {
      permission: 'signed_in',
      resource: { type: 'api_key', param: 'apiKeyId' },
      scope: 'account',
      audit: 'api_key.revoke',
      handler: async ({ input, transact, note }) => {
        const { apiKeyId } = input.params;
        await transact(async (tx) => {
          note({ before: { name: await revokeApiKey(tx, apiKeyId) } });
          await announceSessionEnd(tx, apiKeyId);
        });
        return undefined;
      },
    }),
  ];
}
