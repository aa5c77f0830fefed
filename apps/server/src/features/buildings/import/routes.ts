import type { Instant } from '@claviger/domain';
import { contract } from '@claviger/protocol';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { changeBuildings } from '../permissions.ts';
import { addLines, applyImport, checkImport, startUnitImport } from './service.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const ofImport = { type: 'unit_import', param: 'importId' } as const;
const draft = { none: 'nothing of the Entity changes before the import is applied' } as const;

export function importRoutes({ now }: { readonly now: () => Instant }): RouteDeclaration[] {
  return [
    defineRoute(contract.startUnitImport, {
      permission: changeBuildings,
      resource: entity,
      scope: 'entity',
      audit: draft,
      handler: ({ actor, transact }) => transact((tx) => startUnitImport(tx, actor, now())),
    }),
    defineRoute(contract.addImportLines, {
      permission: changeBuildings,
      resource: ofImport,
      scope: 'entity',
      audit: draft,
      handler: async ({ actor, input, transact }) => {
        const { importId } = input.params;
        await transact((tx) => addLines(tx, actor, { importId, lines: input.body.lines }));
        return undefined;
      },
    }),
    defineRoute(contract.checkUnitImport, {
      permission: changeBuildings,
      resource: ofImport,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor, input, transact }) =>
        transact((tx) => checkImport(tx, actor, input.params.importId)),
    }),
    defineRoute(contract.applyUnitImport, {
      permission: changeBuildings,
      resource: ofImport,
      scope: 'entity',
      audit: 'unit.import',
      handler: ({ actor, input, transact, note }) =>
        transact(async (tx) => {
          const made = await applyImport(tx, actor, input.params.importId);
          const { lines, newBuildings, newUnits, changedUnits } = made;
          note({ after: { lines, newBuildings, newUnits, changedUnits } });
          return made;
        }),
    }),
  ];
}
