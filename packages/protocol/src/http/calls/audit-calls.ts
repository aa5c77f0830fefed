import { answered, received, type Http, type Query } from './answered.ts';

export type AuditQuery = NonNullable<Query<'/api/entities/{entityId}/audit'>>;

/** The calls of the Audit. */
export function auditCalls(http: Http) {
  return {
    listAudit: (entityId: string, query: AuditQuery) =>
      answered(http.GET('/api/entities/{entityId}/audit', { params: { path: { entityId }, query } })),
    listAuditPeople: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/audit/people', { params: { path: { entityId } } })),
    takeAuditCheckpoint: (entityId: string) =>
      received(
        http.POST('/api/entities/{entityId}/audit/checkpoints', {
          params: { path: { entityId } },
          body: {},
          parseAs: 'text',
        }),
      ),
  };
}
