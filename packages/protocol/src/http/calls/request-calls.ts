import { answered, type Body, type Http } from './answered.ts';

export type RequestInstallerAccessInput = Body<'/api/access-requests/installer', 'post'>;
export type RequestEntityManagementInput = Body<'/api/access-requests/entity-management', 'post'>;
export type BreakGlassInput = Body<'/api/access-requests/break-glass', 'post'>;

/** Where an incoming request is found: identifiers of the Entity and of the request there. */
export interface IncomingPlace {
  readonly entityId: string;
  readonly incomingId: string;
}

/** Where a Mandate is found. */
export interface MandatePlace {
  readonly entityId: string;
  readonly mandateId: string;
}

/** The calls of access requests, and of the Mandates that they become. */
export function requestCalls(http: Http) {
  return {
    requestInstallerAccess: (body: RequestInstallerAccessInput) =>
      answered(http.POST('/api/access-requests/installer', { body })),
    requestEntityManagement: (body: RequestEntityManagementInput) =>
      answered(http.POST('/api/access-requests/entity-management', { body })),
    breakGlass: (body: BreakGlassInput) => answered(http.POST('/api/access-requests/break-glass', { body })),
    listSubmittedRequests: () => answered(http.GET('/api/access-requests')),
    withdrawRequest: (requestId: string) =>
      answered(http.DELETE('/api/access-requests/{requestId}', { params: { path: { requestId } } })),
    listAccessRequests: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/access-requests', { params: { path: { entityId } } })),
    approveRequest: (path: IncomingPlace, durationMinutes: number) =>
      answered(
        http.POST('/api/entities/{entityId}/access-requests/{incomingId}/approve', {
          params: { path },
          body: { durationMinutes },
        }),
      ),
    rejectRequest: (path: IncomingPlace) =>
      answered(
        http.POST('/api/entities/{entityId}/access-requests/{incomingId}/reject', {
          params: { path },
          body: {},
        }),
      ),
    ...mandateCalls(http),
  };
}

function mandateCalls(http: Http) {
  return {
    endMandate: (path: MandatePlace) =>
      answered(
        http.POST('/api/entities/{entityId}/mandates/{mandateId}/end', { params: { path }, body: {} }),
      ),
    listMandatedKeys: (path: MandatePlace) =>
      answered(http.GET('/api/entities/{entityId}/mandates/{mandateId}/keys', { params: { path } })),
    adoptKey: (path: MandatePlace & { readonly keyId: string }) =>
      answered(
        http.POST('/api/entities/{entityId}/mandates/{mandateId}/keys/{keyId}/adopt', {
          params: { path },
          body: {},
        }),
      ),
  };
}
