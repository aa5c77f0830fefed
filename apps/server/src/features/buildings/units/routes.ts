import { contract, type Unit } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { changeBuildings, seeBuildings } from '../permissions.ts';
import { addUnit, changeUnit, listUnits, removeUnit } from './service.ts';

const ofBuilding = { type: 'building', param: 'buildingId' } as const;
const ofUnit = { type: 'unit', param: 'unitId' } as const;

/** What the Audit keeps of a Unit. */
function audited({ name, floors }: Unit) {
  return { name, floors: floors.join(' ') };
}

export function unitRoutes(): RouteDeclaration[] {
  return [
    defineRoute(contract.listUnits, {
      permission: seeBuildings,
      resource: ofBuilding,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, input, transact }) => {
        const place = { entityId: actor.entityId, buildingId: input.params.buildingId };
        return transact((tx) => listUnits(tx, place, input.query));
      },
    }),
    defineRoute(contract.addUnit, {
      permission: changeBuildings,
      resource: ofBuilding,
      scope: 'entity',
      audit: 'unit.add',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const { buildingId } = input.params;
          const added = await addUnit(tx, { entityId: actor.entityId, buildingId }, input.body);
          note({ objectType: 'unit', objectId: added.id, after: audited(added) });
          return added;
        }),
    }),
    defineRoute(contract.updateUnit, {
      permission: changeBuildings,
      resource: ofUnit,
      scope: 'entity',
      audit: 'unit.update',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const place = { entityId: actor.entityId, unitId: input.params.unitId };
          const { before, after } = await changeUnit(tx, place, input.body);
          note({ before: audited(before), after: audited(after) });
          return after;
        }),
    }),
    defineRoute(contract.removeUnit, {
      permission: changeBuildings,
      resource: ofUnit,
      scope: 'entity',
      audit: 'unit.remove',
      handler: async ({ actor, input, transact, note }) => {
        await transact(async (tx) => {
          const place = { entityId: actor.entityId, unitId: input.params.unitId };
          note({ before: audited(await removeUnit(tx, place)) });
        });
        return undefined;
      },
    }),
  ];
}
