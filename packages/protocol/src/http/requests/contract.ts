import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { nothing, uuid } from '../shapes.ts';
import {
  accessRequestList,
  approveRequestInput,
  breakGlassInput,
  brokenGlass,
  mandate,
  mandatedKeyList,
  requestEntityManagementInput,
  requestInstallerAccessInput,
  submittedRequestList,
} from './requests.ts';

const incomingParams = z.object({ entityId: uuid, incomingId: uuid });
const mandateParams = z.object({ entityId: uuid, mandateId: uuid });

/** The routes of access requests, and of the Mandates that they become. */
export const requestContract = {
  requestInstallerAccess: {
    method: 'POST',
    path: '/api/access-requests/installer',
    summary: 'Asks for temporary access to locks; the answer tells nothing of owner or locks',
    body: requestInstallerAccessInput,
    status: 204,
  },
  requestEntityManagement: {
    method: 'POST',
    path: '/api/access-requests/entity-management',
    summary: 'Asks to manage an Entity; the answer tells nothing of owner or Entity',
    body: requestEntityManagementInput,
    status: 204,
  },
  breakGlass: {
    method: 'POST',
    path: '/api/access-requests/break-glass',
    summary: 'Makes the operator a Local Admin of an Entity for an hour; its managers are told at once',
    body: breakGlassInput,
    status: 200,
    answer: brokenGlass,
  },
  listSubmittedRequests: {
    method: 'GET',
    path: '/api/access-requests',
    summary: 'Submitted Requests of the Account, newest first',
    status: 200,
    answer: submittedRequestList,
  },
  withdrawRequest: {
    method: 'DELETE',
    path: '/api/access-requests/{requestId}',
    summary: 'Withdraws a request that nobody has decided',
    params: z.object({ requestId: uuid }),
    status: 204,
  },
  listAccessRequests: {
    method: 'GET',
    path: '/api/entities/{entityId}/access-requests',
    summary: 'Incoming Requests of the Entity, and its Mandates',
    params: entityParams,
    status: 200,
    answer: accessRequestList,
  },
  approveRequest: {
    method: 'POST',
    path: '/api/entities/{entityId}/access-requests/{incomingId}/approve',
    summary: 'Approve: gives a Mandate, for as long as is said here',
    params: incomingParams,
    body: approveRequestInput,
    status: 200,
    answer: mandate,
  },
  rejectRequest: {
    method: 'POST',
    path: '/api/entities/{entityId}/access-requests/{incomingId}/reject',
    summary: 'Reject',
    params: incomingParams,
    body: nothing,
    status: 204,
  },
  endMandate: {
    method: 'POST',
    path: '/api/entities/{entityId}/mandates/{mandateId}/end',
    summary: 'Ends a Mandate at once, and with it the Keys that were made under it',
    params: mandateParams,
    body: nothing,
    status: 204,
  },
  listMandatedKeys: {
    method: 'GET',
    path: '/api/entities/{entityId}/mandates/{mandateId}/keys',
    summary: 'Keys that were made under a Mandate, and that nobody has adopted',
    params: mandateParams,
    status: 200,
    answer: mandatedKeyList,
  },
  adoptKey: {
    method: 'POST',
    path: '/api/entities/{entityId}/mandates/{mandateId}/keys/{keyId}/adopt',
    summary: 'Adopt: the Key stays, until the end that was asked for',
    params: z.object({ entityId: uuid, mandateId: uuid, keyId: uuid }),
    body: nothing,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
