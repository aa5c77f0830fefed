import { contract } from '@claviger/protocol';
import { csvFile, readExportSubject } from '../../platform/csv/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import { seeActivity } from './permissions.ts';
import { exportCsv, listPage } from './service.ts';
import { readDashboard } from './store.ts';

const entity = { type: 'entity', param: 'entityId' } as const;
const read = { none: 'reading changes nothing' } as const;

/** Routes of Activity: the list, its export, the metrics and the live stream. */
export function activityRoutes(database: Database): RouteDeclaration[] {
  return [
    defineRoute(contract.listActivity, {
      permission: seeActivity,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) => transact((tx) => listPage(tx, actor.entityId, input.query)),
    }),
    defineRoute(contract.exportActivity, {
      permission: seeActivity,
      resource: entity,
      scope: 'entity',
      audit: 'activity.export',
      isStepUpNeeded: true,
      handler: async ({ actor, input, transact, note }) => {
        const { entityId } = actor;
        const subject = await transact(async (tx) => {
          note({ objectId: entityId, after: { filter: input.query } });
          return readExportSubject(tx, entityId);
        });
        const pages = await exportCsv(entityId, input.query, (work) =>
          database.transact({ kind: 'entity', entityId }, work),
        );
        return csvFile('activity', subject, pages);
      },
    }),
    defineRoute(contract.getDashboard, {
      permission: seeActivity,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, transact }) => transact((tx) => readDashboard(tx, actor.entityId)),
    }),
    defineRoute(contract.followEntity, {
      permission: seeActivity,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: () => Promise.resolve('live' as const),
    }),
  ];
}
