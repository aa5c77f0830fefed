import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { uuid } from '../shapes.ts';
import {
  acceptedInvitation,
  acceptInvitationInput,
  addLocalAdminAnswer,
  addLocalAdminInput,
  candidateList,
  candidateQuery,
  localAdminList,
  resendInvitationInput,
  showInvitationInput,
  shownInvitation,
} from './local-admins.ts';

const invitationParams = z.object({ entityId: uuid, invitationId: uuid });

/** The routes of Local Admins and of the invitations with which people become one. */
export const localAdminContract = {
  listLocalAdmins: {
    method: 'GET',
    path: '/api/entities/{entityId}/local-admins',
    summary: 'Manage Local Admins: those of the Entity, and whom it has invited',
    params: entityParams,
    status: 200,
    answer: localAdminList,
  },
  listLocalAdminCandidates: {
    method: 'GET',
    path: '/api/entities/{entityId}/local-admins/candidates',
    summary: 'Members of the Entity who could become a Local Admin; twenty at most',
    params: entityParams,
    query: candidateQuery,
    status: 200,
    answer: candidateList,
  },
  addLocalAdmin: {
    method: 'POST',
    path: '/api/entities/{entityId}/local-admins',
    summary: 'Add Local Admin: a member becomes one at once, anybody else is invited by mail',
    params: entityParams,
    body: addLocalAdminInput,
    status: 200,
    answer: addLocalAdminAnswer,
    isIdempotencyKeyNeeded: true,
  },
  removeLocalAdmin: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/local-admins/{userId}',
    summary: 'Removes Local Admin permissions: the User stays a resident of the Entity',
    params: z.object({ entityId: uuid, userId: uuid }),
    status: 204,
  },
  resendInvitation: {
    method: 'POST',
    path: '/api/entities/{entityId}/invitations/{invitationId}/resend',
    summary: 'Sends the invitation again, with another link that holds for seven days',
    params: invitationParams,
    body: resendInvitationInput,
    status: 204,
    isIdempotencyKeyNeeded: true,
  },
  withdrawInvitation: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/invitations/{invitationId}',
    summary: 'Withdraws the invitation: its link leads nowhere any more',
    params: invitationParams,
    status: 204,
  },
  showInvitation: {
    method: 'POST',
    path: '/api/invitation',
    summary: 'What the page of an invitation shows; looking at it changes nothing',
    body: showInvitationInput,
    status: 200,
    answer: shownInvitation,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/invitation/accept',
    summary: 'Accepts the invitation, and signs in where a password comes with it',
    body: acceptInvitationInput,
    status: 200,
    answer: acceptedInvitation,
  },
} as const satisfies Record<string, RouteContract>;
