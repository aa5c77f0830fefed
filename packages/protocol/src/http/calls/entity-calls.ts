import { answered, type Body, type Http } from './answered.ts';

export type CreateEntityInput = Body<'/api/entities/{entityId}/entities', 'post'>;
export type UpdateEntityInput = Body<'/api/entities/{entityId}', 'patch'>;
export type HolidayInput = Body<'/api/entities/{entityId}/holidays', 'post'>;

/** Where a holiday is found: identifiers of the Entity and of the holiday. */
export interface HolidayPlace {
  readonly entityId: string;
  readonly holidayId: string;
}

/** The calls of Entities, and of their holidays. */
export function entityCalls(http: Http) {
  return {
    listEntities: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/entities', { params: { path: { entityId } } })),
    createEntity: (entityId: string, body: CreateEntityInput) =>
      answered(http.POST('/api/entities/{entityId}/entities', { params: { path: { entityId } }, body })),
    updateEntity: (entityId: string, body: UpdateEntityInput) =>
      answered(http.PATCH('/api/entities/{entityId}', { params: { path: { entityId } }, body })),
    deleteEntity: (entityId: string) =>
      answered(http.DELETE('/api/entities/{entityId}', { params: { path: { entityId } } })),
    listHolidays: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/holidays', { params: { path: { entityId } } })),
    addHoliday: (entityId: string, body: HolidayInput) =>
      answered(http.POST('/api/entities/{entityId}/holidays', { params: { path: { entityId } }, body })),
    updateHoliday: (path: HolidayPlace, body: HolidayInput & { version: number }) =>
      answered(http.PATCH('/api/entities/{entityId}/holidays/{holidayId}', { params: { path }, body })),
    removeHoliday: (path: HolidayPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/holidays/{holidayId}', { params: { path } })),
  };
}
