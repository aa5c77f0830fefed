import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { uuid } from '../shapes.ts';
import { addSavedViewInput, renameSavedViewInput, savedView, savedViews } from './saved-views.ts';

const viewParams = z.object({ entityId: uuid, viewId: uuid });

/** The routes of the views of lists that a person has saved in an Entity. */
export const savedViewContract = {
  listSavedViews: {
    method: 'GET',
    path: '/api/entities/{entityId}/views',
    summary: 'The saved views of the person who asks, of every list',
    params: entityParams,
    status: 200,
    answer: savedViews,
  },
  addSavedView: {
    method: 'POST',
    path: '/api/entities/{entityId}/views',
    summary: 'Saves the filters of a list under a name',
    params: entityParams,
    body: addSavedViewInput,
    status: 201,
    answer: savedView,
  },
  renameSavedView: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/views/{viewId}',
    summary: 'Gives a saved view another name',
    params: viewParams,
    body: renameSavedViewInput,
    status: 200,
    answer: savedView,
  },
  removeSavedView: {
    method: 'DELETE',
    path: '/api/entities/{entityId}/views/{viewId}',
    summary: 'Removes a saved view',
    params: viewParams,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
