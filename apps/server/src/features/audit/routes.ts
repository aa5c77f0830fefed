import { Readable } from 'node:stream';
import { contract, type AuditExport } from '@claviger/protocol';
import {
  checkpointFile,
  checkpointSignerOf,
  takeCheckpoint,
  type Audit,
} from '../../platform/audit/index.ts';
import { csvFile, readExportSubject } from '../../platform/csv/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { defineRoute, type RouteDeclaration } from '../../platform/http/index.ts';
import type { Secret } from '../../platform/secrets/index.ts';
import { seeAudit } from './permissions.ts';
import { exportCsv, listPage, listPeople } from './service.ts';

export interface AuditRouteParts {
  readonly database: Database;
  readonly audit: Audit;
  readonly installationSecret: Secret;
  readonly now: () => number;
}

const entity = { type: 'entity', param: 'entityId' } as const;
const read = { none: 'reading changes nothing' } as const;

/** Each signs anew and is kept: so many at once by one person, then one a minute. */
const checkpointLimits = [
  {
    name: 'audit-checkpoint',
    burst: 10,
    refillS: 60,
    subject: ({ actor }: { readonly actor: { readonly accountId: string } }) => actor.accountId,
  },
] as const;

/** What an export was filtered by, but for the text that was searched for: it may be somebody's name. */
function noted(filter: AuditExport): Record<string, unknown> {
  const { operation, outcome, lockId, objectId, userId, requestId, from, until } = filter;
  const isSearched = filter.search !== undefined;
  return { operation, outcome, lockId, objectId, userId, requestId, from, until, isSearched };
}

function reading({ audit }: AuditRouteParts): RouteDeclaration[] {
  return [
    defineRoute(contract.listAudit, {
      permission: seeAudit,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, input, transact }) =>
        transact((tx) => listPage(tx, actor, { wanted: input.query, audit })),
    }),
    defineRoute(contract.listAuditPeople, {
      permission: seeAudit,
      resource: entity,
      scope: 'entity',
      audit: read,
      handler: ({ actor, transact }) => transact((tx) => listPeople(tx, actor, audit)),
    }),
  ];
}

/** The routes of Logs → Audit: the list, who is in it, its export, and the end of its chain to take away. */
export function auditRoutes(parts: AuditRouteParts): RouteDeclaration[] {
  const { database, audit, installationSecret, now } = parts;
  return [
    ...reading(parts),
    defineRoute(contract.exportAudit, {
      permission: seeAudit,
      resource: entity,
      scope: 'entity',
      audit: 'audit.export',
      isStepUpNeeded: true,
      handler: async ({ actor, input, transact, note }) => {
        const { entityId } = actor;
        const subject = await transact(async (tx) => {
          note({ after: { filter: noted(input.query) } });
          return readExportSubject(tx, entityId);
        });
        const pages = await exportCsv(actor, { wanted: input.query, audit }, (work) =>
          database.transact({ kind: 'entity', entityId }, work),
        );
        return csvFile('audit', subject, pages);
      },
    }),
    defineRoute(contract.takeAuditCheckpoint, {
      permission: seeAudit,
      resource: entity,
      scope: 'entity',
      audit: 'audit.checkpoint',
      limits: checkpointLimits,
      handler: async ({ actor, transact }) => {
        const { entityId } = actor;
        // Its own entry is the end of the chain that it signs.
        const { code, day } = await transact((tx) => readExportSubject(tx, entityId));
        const taken = await takeCheckpoint(database, { installationSecret, now: now() });
        const { publicKey } = checkpointSignerOf(installationSecret);
        return {
          contentType: 'application/json; charset=utf-8',
          fileName: `audit-checkpoint-${code}-${day}.json`,
          content: Readable.from([checkpointFile(taken, publicKey, entityId)]),
        };
      },
    }),
  ];
}
