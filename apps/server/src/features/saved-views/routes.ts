import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { keepOwnViews } from './permissions.ts';
import { addView, removeView, renameView } from './service.ts';
import { listViews } from './store.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const view = { type: 'saved_view', param: 'viewId' } as const;
const own = { none: 'it is for whoever saves it alone, and opens and shows nothing' } as const;

/** The calls of saved views. */
export function savedViewRoutes(): RouteDeclaration[] {
  return [
    defineRoute(contract.listSavedViews, {
      permission: keepOwnViews,
      resource: entity,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, transact }) => transact(async (tx) => ({ items: await listViews(tx, actor) })),
    }),
    defineRoute(contract.addSavedView, {
      permission: keepOwnViews,
      resource: entity,
      scope: 'entity',
      audit: own,
      handler: ({ actor, input, transact }) => transact((tx) => addView(tx, actor, input.body)),
    }),
    defineRoute(contract.renameSavedView, {
      permission: keepOwnViews,
      resource: view,
      scope: 'entity',
      audit: own,
      handler: ({ actor, input, transact }) =>
        transact((tx) => renameView(tx, actor, { ...input.body, viewId: input.params.viewId })),
    }),
    defineRoute(contract.removeSavedView, {
      permission: keepOwnViews,
      resource: view,
      scope: 'entity',
      audit: own,
      handler: ({ actor, input, transact }) =>
        transact(async (tx) => {
          await removeView(tx, actor, input.params.viewId);
          return undefined;
        }),
    }),
  ];
}
