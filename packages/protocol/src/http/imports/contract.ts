import { entityParams, type RouteContract } from '../route-contract.ts';
import { nothing } from '../shapes.ts';
import { userExport } from '../users/users.ts';
import { startedImport } from './imports.ts';
import { applyUserImportInput, userImportCheck, userImportParams, userLinesInput } from './users.ts';

/** The routes of Users as a CSV: its import, and its export. */
export const userCsvContract = {
  exportUsers: {
    method: 'GET',
    path: '/api/entities/{entityId}/users.csv',
    summary: 'Export CSV: the Users of the same filters, formula-safe, as an import reads them',
    params: entityParams,
    query: userExport,
    status: 200,
  },
  startUserImport: {
    method: 'POST',
    path: '/api/entities/{entityId}/user-imports',
    summary: 'Begins an import of Users in place of the last one of the same person',
    params: entityParams,
    body: nothing,
    status: 201,
    answer: startedImport,
  },
  addUserImportLines: {
    method: 'POST',
    path: '/api/entities/{entityId}/user-imports/{importId}/lines',
    summary: 'Adds lines to the import; a line that is sent again takes the place of the first',
    params: userImportParams,
    body: userLinesInput,
    status: 204,
  },
  checkUserImport: {
    method: 'GET',
    path: '/api/entities/{entityId}/user-imports/{importId}',
    summary: 'Whom the import would make, and what is wrong with which line; changes nothing',
    params: userImportParams,
    status: 200,
    answer: userImportCheck,
  },
  applyUserImport: {
    method: 'POST',
    path: '/api/entities/{entityId}/user-imports/{importId}/apply',
    summary: 'Makes all of them, or nobody where a line is wrong; welcome emails go out one by one',
    params: userImportParams,
    body: applyUserImportInput,
    status: 200,
    answer: userImportCheck,
  },
} as const satisfies Record<string, RouteContract>;
