import { contract } from '@claviger/protocol';
import { csvFile, csvPages, readExportSubject } from '../../../platform/csv/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { defineRoute, type RouteDeclaration } from '../../../platform/http/index.ts';
import { seeUsers } from '../permissions.ts';
import { listUsers } from '../service.ts';
import { headings, rowOf } from './rows.ts';

/** Rows that one page of an export reads at once. */
const exportPageSize = 1_000;

/** Export CSV of Users: what the actor sees of them, as the filters say. */
export function userExportRoutes({ database }: { readonly database: Database }): RouteDeclaration[] {
  return [
    defineRoute(contract.exportUsers, {
      permission: seeUsers,
      resource: { type: 'entity', param: 'entityId' },
      scope: 'owner',
      audit: 'user.export',
      isStepUpNeeded: true,
      handler: async ({ actor, input, transact, note }) => {
        const { entityId, ownerId } = actor;
        const { text, status } = input.query;
        const subject = await transact(async (tx) => {
          // The text may be somebody's name.
          note({ objectId: entityId, after: { filter: { status, isSearched: text !== undefined } } });
          return readExportSubject(tx, entityId);
        });
        const pages = csvPages<string>(headings, async (cursor) => {
          const wanted = { text, status, cursor, limit: exportPageSize };
          const page = await database.transact({ kind: 'owner', ownerId }, (tx) =>
            listUsers(tx, actor, wanted),
          );
          return { rows: page.items.map(rowOf), next: page.next };
        });
        return csvFile('users', subject, pages);
      },
    }),
  ];
}
