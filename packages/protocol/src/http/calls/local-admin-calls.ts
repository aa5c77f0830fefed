import { answered, type Body, type Http } from './answered.ts';

export type AddLocalAdminInput = Body<'/api/entities/{entityId}/local-admins', 'post'>;
export type ResendInvitationInput = Body<
  '/api/entities/{entityId}/invitations/{invitationId}/resend',
  'post'
>;

/** Where an invitation is found: identifiers of the Entity and of the invitation. */
export interface InvitationPlace {
  readonly entityId: string;
  readonly invitationId: string;
}

/** The calls of Local Admins, and of the invitations with which people become one. */
export function localAdminCalls(http: Http) {
  return {
    listLocalAdmins: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/local-admins', { params: { path: { entityId } } })),
    listLocalAdminCandidates: (entityId: string, query: { text?: string }) =>
      answered(
        http.GET('/api/entities/{entityId}/local-admins/candidates', {
          params: { path: { entityId }, query },
        }),
      ),
    addLocalAdmin: (entityId: string, body: AddLocalAdminInput, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/local-admins', {
          params: { path: { entityId }, header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
    removeLocalAdmin: (path: { entityId: string; userId: string }) =>
      answered(http.DELETE('/api/entities/{entityId}/local-admins/{userId}', { params: { path } })),
    resendInvitation: (path: InvitationPlace, body: ResendInvitationInput, idempotencyKey: string) =>
      answered(
        http.POST('/api/entities/{entityId}/invitations/{invitationId}/resend', {
          params: { path, header: { 'idempotency-key': idempotencyKey } },
          body,
        }),
      ),
    withdrawInvitation: (path: InvitationPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/invitations/{invitationId}', { params: { path } })),
    showInvitation: (token: string) => answered(http.POST('/api/invitation', { body: { token } })),
    acceptInvitation: (body: { token: string; password?: string }) =>
      answered(http.POST('/api/invitation/accept', { body })),
  };
}
