import { entityParams, type RouteContract } from '../route-contract.ts';
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
  exportAuditCheckpoint: {
    method: 'GET',
    path: '/api/entities/{entityId}/audit/checkpoint',
    summary: "Download checkpoint: the signed end of this Entity's chain, to be kept elsewhere",
    params: entityParams,
    status: 200,
  },
} as const satisfies Record<string, RouteContract>;
