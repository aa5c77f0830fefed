import { answered, type Body, type Http, type Query } from './answered.ts';

export type UnitInput = Body<'/api/entities/{entityId}/buildings/{buildingId}/units', 'post'>;
export type UnitQuery = NonNullable<Query<'/api/entities/{entityId}/buildings/{buildingId}/units'>>;
export type ImportLinesInput = Body<'/api/entities/{entityId}/unit-imports/{importId}/lines', 'post'>;

/** Where a building is found: identifiers of the Entity and of the building. */
export interface BuildingPlace {
  readonly entityId: string;
  readonly buildingId: string;
}

/** Where a Unit is found: identifiers of the Entity and of the Unit. */
export interface UnitPlace {
  readonly entityId: string;
  readonly unitId: string;
}

/** Where an import is found: identifiers of the Entity and of the import. */
export interface ImportPlace {
  readonly entityId: string;
  readonly importId: string;
}

/** The calls of buildings and Units. */
export function buildingCalls(http: Http) {
  return {
    listBuildings: (entityId: string) =>
      answered(http.GET('/api/entities/{entityId}/buildings', { params: { path: { entityId } } })),
    addBuilding: (entityId: string, body: { name: string }) =>
      answered(http.POST('/api/entities/{entityId}/buildings', { params: { path: { entityId } }, body })),
    updateBuilding: (path: BuildingPlace, body: { name: string; version: number }) =>
      answered(http.PATCH('/api/entities/{entityId}/buildings/{buildingId}', { params: { path }, body })),
    removeBuilding: (path: BuildingPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/buildings/{buildingId}', { params: { path } })),
    listUnits: (path: BuildingPlace, query: UnitQuery) =>
      answered(
        http.GET('/api/entities/{entityId}/buildings/{buildingId}/units', { params: { path, query } }),
      ),
    addUnit: (path: BuildingPlace, body: UnitInput) =>
      answered(
        http.POST('/api/entities/{entityId}/buildings/{buildingId}/units', { params: { path }, body }),
      ),
    updateUnit: (path: UnitPlace, body: UnitInput & { version: number }) =>
      answered(http.PATCH('/api/entities/{entityId}/units/{unitId}', { params: { path }, body })),
    removeUnit: (path: UnitPlace) =>
      answered(http.DELETE('/api/entities/{entityId}/units/{unitId}', { params: { path } })),
    ...importCalls(http),
  };
}

function importCalls(http: Http) {
  return {
    startUnitImport: (entityId: string) =>
      answered(
        http.POST('/api/entities/{entityId}/unit-imports', { params: { path: { entityId } }, body: {} }),
      ),
    addImportLines: (path: ImportPlace, body: ImportLinesInput) =>
      answered(
        http.POST('/api/entities/{entityId}/unit-imports/{importId}/lines', { params: { path }, body }),
      ),
    checkUnitImport: (path: ImportPlace) =>
      answered(http.GET('/api/entities/{entityId}/unit-imports/{importId}', { params: { path } })),
    applyUnitImport: (path: ImportPlace) =>
      answered(
        http.POST('/api/entities/{entityId}/unit-imports/{importId}/apply', { params: { path }, body: {} }),
      ),
  };
}
