import { entityParams, type RouteContract } from '../route-contract.ts';
import { nothing } from '../shapes.ts';
import { auditExport, auditPage, auditPeople, auditQuery } from './entries.ts';

/** The routes of Logs → Audit. */
export const auditContract = {
  listAudit: {
    method: 'GET',
    path: '/api/entities/{entityId}/audit',
    summary: 'Audit entries; a Local Admin sees those of own acts alone',
    params: entityParams,
    query: auditQuery,
    status: 200,
    answer: auditPage,
  },
  listAuditPeople: {
    method: 'GET',
    path: '/api/entities/{entityId}/audit/people',
    summary: 'Who has acted in the Entity',
    params: entityParams,
    status: 200,
    answer: auditPeople,
  },
  exportAudit: {
    method: 'GET',
    path: '/api/entities/{entityId}/audit.csv',
    summary: 'Export CSV: the entries of the same filters, formula-safe',
    params: entityParams,
    query: auditExport,
    status: 200,
  },
  takeAuditCheckpoint: {
    method: 'POST',
    path: '/api/entities/{entityId}/audit/checkpoints',
    summary: "Download checkpoint: signs the end of this Entity's chain, as a file to be kept elsewhere",
    params: entityParams,
    body: nothing,
    status: 201,
  },
} as const satisfies Record<string, RouteContract>;
