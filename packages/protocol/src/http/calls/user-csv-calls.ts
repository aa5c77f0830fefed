import { answered, type Body, type Http, type Query } from './answered.ts';
import type { ImportPlace } from './building-calls.ts';
import { withQuery } from './query-text.ts';

export type UserExportQuery = NonNullable<Query<'/api/entities/{entityId}/users.csv'>>;
type UserLinesInput = Body<'/api/entities/{entityId}/user-imports/{importId}/lines', 'post'>;
type ApplyUserImportInput = Body<'/api/entities/{entityId}/user-imports/{importId}/apply', 'post'>;

/** Where Export CSV of Users is: a link for a download. */
export function userExportAddress(entityId: string, wanted: UserExportQuery): string {
  return withQuery(`/api/entities/${encodeURIComponent(entityId)}/users.csv`, wanted);
}

/** The calls of the import of Users. */
export function userCsvCalls(http: Http) {
  return {
    startUserImport: (entityId: string) =>
      answered(
        http.POST('/api/entities/{entityId}/user-imports', { params: { path: { entityId } }, body: {} }),
      ),
    addUserImportLines: (path: ImportPlace, body: UserLinesInput) =>
      answered(
        http.POST('/api/entities/{entityId}/user-imports/{importId}/lines', { params: { path }, body }),
      ),
    checkUserImport: (path: ImportPlace) =>
      answered(http.GET('/api/entities/{entityId}/user-imports/{importId}', { params: { path } })),
    applyUserImport: (path: ImportPlace, body: ApplyUserImportInput) =>
      answered(
        http.POST('/api/entities/{entityId}/user-imports/{importId}/apply', { params: { path }, body }),
      ),
  };
}
