import { answered, type Body, type Http } from './answered.ts';

export type SavedViewInput = Body<'/api/entities/{entityId}/views', 'post'>;

/** Where a saved view is found: identifiers of the Entity and of the view. */
export interface SavedViewPlace {
  readonly entityId: string;
  readonly viewId: string;
}

/** The calls of saved views. */
export function savedViewCalls(http: Http) {
  return {
    listSavedViews: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/views', { params: { path: { entityId } } })),
    addSavedView: (entityId: string, body: SavedViewInput) =>
      answered(http.POST('/api/entities/{entityId}/views', { params: { path: { entityId } }, body })),
    renameSavedView: (path: SavedViewPlace, body: { name: string; version: number }) =>
      answered(http.PATCH('/api/entities/{entityId}/views/{viewId}', { params: { path }, body })),
    removeSavedView: (path: SavedViewPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/views/{viewId}', { params: { path } })),
  };
}
