import type { Instant } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { importRoutes } from './import/routes.ts';
import { changeBuildings, seeBuildings } from './permissions.ts';
import { addBuilding, listBuildings, removeBuilding, renameBuilding } from './service.ts';
import { unitRoutes } from './units/routes.ts';

export interface BuildingParts {
  readonly now: () => Instant;
}

const entity = { type: 'entity', param: 'entityId' } as const;
const ofBuilding = { type: 'building', param: 'buildingId' } as const;

function ofBuildings(): RouteDeclaration[] {
  return [
    defineRoute(contract.listBuildings, {
      permission: seeBuildings,
      resource: entity,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, transact }) =>
        transact(async (tx) => ({ items: await listBuildings(tx, actor.entityId) })),
    }),
    defineRoute(contract.addBuilding, {
      permission: changeBuildings,
      resource: entity,
      scope: 'entity',
      audit: 'building.add',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { name } = input.body;
          const added = await addBuilding(tx, actor.entityId, name);
          note({ objectType: 'building', objectId: added.id, after: { name } });
          return added;
        }),
    }),
    defineRoute(contract.updateBuilding, {
      permission: changeBuildings,
      resource: ofBuilding,
      scope: 'entity',
      audit: 'building.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, buildingId: input.params.buildingId };
          const { before, after } = await renameBuilding(tx, place, input.body);
          note({ before: { name: before.name }, after: { name: after.name } });
          return after;
        }),
    }),
    defineRoute(contract.removeBuilding, {
      permission: changeBuildings,
      resource: ofBuilding,
      scope: 'entity',
      audit: 'building.remove',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const place = { entityId: actor.entityId, buildingId: input.params.buildingId };
          const { name, unitCount } = await removeBuilding(tx, place);
          note({ before: { name, unitCount } });
        });
        return undefined;
      },
    }),
  ];
}

/** The calls of buildings and of the Units in them. */
export function buildingRoutes(parts: BuildingParts): RouteDeclaration[] {
  return [...ofBuildings(), ...unitRoutes(), ...importRoutes(parts)];
}
