import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { uuid } from '../shapes.ts';
import { createEntityInput, entity, entityList, updateEntityInput } from './entities.ts';
import { addHolidayInput, holiday, holidayList, updateHolidayInput } from './holidays.ts';

const holidayParams = z.object({ entityId: uuid, holidayId: uuid });

/** The routes of Entities and of what belongs to one as a place. */
export const entityContract = {
  listEntities: {
    method: 'GET',
    path: '/api/entities/{entityId}/entities',
    summary: 'The Entities of the same Owner in which the caller has a role, by name',
    params: entityParams,
    status: 200,
    answer: entityList,
  },
  createEntity: {
    method: 'POST',
    path: '/api/entities/{entityId}/entities',
    summary: 'Create Entity: another one of the same Owner, with the caller as its community_manager',
    params: entityParams,
    body: createEntityInput,
    status: 201,
    answer: entity,
  },
  updateEntity: {
    method: 'PATCH',
    path: '/api/entities/{entityId}',
    summary: 'Save Changes: another zone is told to every lock; kind and code only where they were drawn',
    params: entityParams,
    body: updateEntityInput,
    status: 200,
    answer: entity,
  },
  deleteEntity: {
    method: 'DELETE',
    path: '/api/entities/{entityId}',
    summary: 'Delete entity: ends every role and Key there; refused while it has locks',
    params: entityParams,
    status: 204,
  },
  listHolidays: {
    method: 'GET',
    path: '/api/entities/{entityId}/holidays',
    summary: 'The holidays of the Entity, by the next date',
    params: entityParams,
    status: 200,
    answer: holidayList,
  },
  addHoliday: {
    method: 'POST',
    path: '/api/entities/{entityId}/holidays',
    summary: 'Adds a holiday; every lock of the Entity is told',
    params: entityParams,
    body: addHolidayInput,
    status: 201,
    answer: holiday,
  },
  updateHoliday: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/holidays/{holidayId}',
    summary: 'Changes a holiday; every lock of the Entity is told',
    params: holidayParams,
    body: updateHolidayInput,
    status: 200,
    answer: holiday,
  },
  removeHoliday: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/holidays/{holidayId}',
    summary: 'Removes a holiday; every lock of the Entity is told',
    params: holidayParams,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
