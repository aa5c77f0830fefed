import { z } from 'zod';
import { accountContract } from './account/contract.ts';
import { signOnContract } from './account/sign-on.ts';
import { activityExport, activityPage, activityQuery, dashboard } from './activity.ts';
import { apiKeyContract } from './api-keys/contract.ts';
import { auditContract } from './audit/contract.ts';
import { buildingContract } from './buildings/contract.ts';
import { entityContract } from './entities/contract.ts';
import { localAdminContract } from './entities/local-admin-contract.ts';
import { keyContract } from './key-contract.ts';
import { why } from './keys.ts';
import { addLockInput, command, lock, lockList, updateLockInput } from './locks.ts';
import { mailPage } from './mails.ts';
import { entityParams, type RouteContract } from './route-contract.ts';
import { requestContract } from './requests/contract.ts';
import { savedViewContract } from './saved-views/contract.ts';
import { line, nothing, uuid } from './shapes.ts';
import { userCsvContract } from './imports/contract.ts';
import { userContract } from './users/contract.ts';

const lockParams = z.object({ entityId: uuid, lockId: uuid });

/**
 * Every route of the HTTP API, by name. A POST that has effects outside the database needs an
 * Idempotency-Key.
 */
export const contract = {
  ...accountContract,
  ...requestContract,
  ...signOnContract,
  getDashboard: {
    method: 'GET',
    path: '/api/entities/{entityId}/dashboard',
    summary: 'Metrics of the Entity',
    params: entityParams,
    status: 200,
    answer: dashboard,
  },
  listLocks: {
    method: 'GET',
    path: '/api/entities/{entityId}/locks',
    summary: 'All locks of the Entity',
    params: entityParams,
    status: 200,
    answer: lockList,
  },
  getLock: {
    method: 'GET',
    path: '/api/entities/{entityId}/locks/{lockId}',
    summary: 'One lock',
    params: lockParams,
    status: 200,
    answer: lock,
  },
  addLock: {
    method: 'POST',
    path: '/api/entities/{entityId}/locks',
    summary: 'Add Lock: proves the code and starts the claim',
    params: entityParams,
    body: addLockInput,
    status: 201,
    answer: lock,
  },
  updateLock: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/locks/{lockId}',
    summary: 'Edit: changes name, location and leaves of the lock',
    params: lockParams,
    body: updateLockInput,
    status: 200,
    answer: lock,
  },
  claimLock: {
    method: 'POST',
    path: '/api/entities/{entityId}/locks/{lockId}/claim',
    summary: 'Claim Lock: tries the claim of an unclaimed lock again',
    params: lockParams,
    body: nothing,
    status: 200,
    answer: lock,
  },
  openLock: {
    method: 'POST',
    path: '/api/entities/{entityId}/locks/{lockId}/open',
    summary: 'Open Lock: sends a command that lives ten seconds',
    params: lockParams,
    body: nothing,
    status: 202,
    answer: command,
    isIdempotencyKeyNeeded: true,
  },
  getCommand: {
    method: 'GET',
    path: '/api/entities/{entityId}/commands/{commandId}',
    summary: 'How far a command has come, as the door confirmed it',
    params: z.object({ entityId: uuid, commandId: uuid }),
    status: 200,
    answer: command,
  },
  listActivity: {
    method: 'GET',
    path: '/api/entities/{entityId}/activity',
    summary: 'Activity events, newest first',
    params: entityParams,
    query: activityQuery,
    status: 200,
    answer: activityPage,
  },
  exportActivity: {
    method: 'GET',
    path: '/api/entities/{entityId}/activity.csv',
    summary: 'Export CSV: the events of the same filters, formula-safe',
    params: entityParams,
    query: activityExport,
    status: 200,
  },
  whyEvent: {
    method: 'GET',
    path: '/api/entities/{entityId}/activity/{eventId}/why',
    summary: 'Why? at an event: the checks of the decision, by the access list that made it',
    params: z.object({ entityId: uuid, eventId: line.max(80) }),
    status: 200,
    answer: why,
  },
  listMails: {
    method: 'GET',
    path: '/api/entities/{entityId}/mails',
    summary: 'Outbox: the mails of this Entity; in a demo only',
    params: entityParams,
    query: z.object({ cursor: z.string().max(200).optional() }),
    status: 200,
    answer: mailPage,
  },
  ...entityContract,
  ...localAdminContract,
  ...userContract,
  ...userCsvContract,
  ...buildingContract,
  ...savedViewContract,
  ...auditContract,
  ...apiKeyContract,
  ...keyContract,
  followEntity: {
    method: 'GET',
    path: '/api/entities/{entityId}/live',
    summary: 'Server-sent events: what has changed in the Entity',
    params: entityParams,
    status: 200,
  },
} as const satisfies Record<string, RouteContract>;

export type RouteName = keyof typeof contract;
