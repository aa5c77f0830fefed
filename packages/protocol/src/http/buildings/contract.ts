import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { startedImport } from '../imports/imports.ts';
import { nothing, uuid } from '../shapes.ts';
import {
  addBuildingInput,
  addUnitInput,
  building,
  buildingList,
  importLinesInput,
  unit,
  unitImportCheck,
  unitPage,
  unitQuery,
  updateBuildingInput,
  updateUnitInput,
} from './buildings.ts';

const buildingParams = z.object({ entityId: uuid, buildingId: uuid });
const unitParams = z.object({ entityId: uuid, unitId: uuid });
const importParams = z.object({ entityId: uuid, importId: uuid });

/** The routes of buildings and Units, and of their import from a CSV. */
export const buildingContract = {
  listBuildings: {
    method: 'GET',
    path: '/api/entities/{entityId}/buildings',
    summary: 'The buildings of the Entity, by name',
    params: entityParams,
    status: 200,
    answer: buildingList,
  },
  addBuilding: {
    method: 'POST',
    path: '/api/entities/{entityId}/buildings',
    summary: 'Adds a building',
    params: entityParams,
    body: addBuildingInput,
    status: 201,
    answer: building,
  },
  updateBuilding: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/buildings/{buildingId}',
    summary: 'Gives a building another name',
    params: buildingParams,
    body: updateBuildingInput,
    status: 200,
    answer: building,
  },
  removeBuilding: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/buildings/{buildingId}',
    summary: 'Removes a building with its Units; refused while something belongs to one of them',
    params: buildingParams,
    status: 204,
  },
  listUnits: {
    method: 'GET',
    path: '/api/entities/{entityId}/buildings/{buildingId}/units',
    summary: 'The Units of a building, by name',
    params: buildingParams,
    query: unitQuery,
    status: 200,
    answer: unitPage,
  },
  addUnit: {
    method: 'POST',
    path: '/api/entities/{entityId}/buildings/{buildingId}/units',
    summary: 'Adds an apartment or a company; a home has none',
    params: buildingParams,
    body: addUnitInput,
    status: 201,
    answer: unit,
  },
  updateUnit: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/units/{unitId}',
    summary: 'Changes a Unit: name and floors as they shall be',
    params: unitParams,
    body: updateUnitInput,
    status: 200,
    answer: unit,
  },
  removeUnit: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/units/{unitId}',
    summary: 'Removes a Unit; refused while something belongs to it',
    params: unitParams,
    status: 204,
  },
  startUnitImport: {
    method: 'POST',
    path: '/api/entities/{entityId}/unit-imports',
    summary: 'Begins an import of Units in place of the last one of the same person',
    params: entityParams,
    body: nothing,
    status: 201,
    answer: startedImport,
  },
  addImportLines: {
    method: 'POST',
    path: '/api/entities/{entityId}/unit-imports/{importId}/lines',
    summary: 'Adds lines to the import; a line that is sent again takes the place of the first',
    params: importParams,
    body: importLinesInput,
    status: 204,
  },
  checkUnitImport: {
    method: 'GET',
    path: '/api/entities/{entityId}/unit-imports/{importId}',
    summary: 'What the import would change, and what is wrong with which line; changes nothing',
    params: importParams,
    status: 200,
    answer: unitImportCheck,
  },
  applyUnitImport: {
    method: 'POST',
    path: '/api/entities/{entityId}/unit-imports/{importId}/apply',
    summary: 'Makes all of it, or nothing where a line is wrong',
    params: importParams,
    body: nothing,
    status: 200,
    answer: unitImportCheck,
  },
} as const satisfies Record<string, RouteContract>;
