import type { Instant } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { startImport } from '../../imports/index.ts';
import { changeUsers } from '../permissions.ts';
import { addLines, applyImport, checkImport } from './service.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const ofImport = { type: 'user_import', param: 'importId' } as const;
const draft = { none: 'nobody is made before the import is applied' } as const;

/** The import of Users from a CSV. */
export function userImportRoutes({ now }: { readonly now: () => Instant }): RouteDeclaration[] {
  return [
    defineRoute(contract.startUserImport, {
      permission: changeUsers,
      resource: entity,
      scope: 'owner',
      audit: draft,
      handler: ({ actor, transact }) =>
        transact((tx) => startImport(tx, actor, { kind: 'users', at: now() })),
    }),
    defineRoute(contract.addUserImportLines, {
      permission: changeUsers,
      resource: ofImport,
      scope: 'owner',
      audit: draft,
      handler: async ({ actor, input, transact }) => {
        const { importId } = input.params;
        await transact((tx) => addLines(tx, actor, { importId, lines: input.body.lines }));
        return undefined;
      },
    }),
    defineRoute(contract.checkUserImport, {
      permission: changeUsers,
      resource: ofImport,
      scope: 'owner',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, input, transact }) =>
        transact((tx) => checkImport(tx, actor, input.params.importId)),
    }),
    defineRoute(contract.applyUserImport, {
      permission: changeUsers,
      resource: ofImport,
      scope: 'owner',
      audit: 'user.import',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { importId } = input.params;
          const made = await applyImport(tx, actor, { importId, language: input.body.language });
          const { lines, newUsers, knownUsers, welcomes } = made;
          note({ after: { lines, newUsers, knownUsers, welcomes } });
          return made;
        }),
    }),
  ];
}
