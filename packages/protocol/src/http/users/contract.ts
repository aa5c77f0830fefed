import { z } from 'zod';
import { entityParams, type RouteContract } from '../route-contract.ts';
import { nothing, uuid } from '../shapes.ts';
import {
  createUserInput,
  deactivateUserInput,
  plateHolders,
  plateQuery,
  updateUserInput,
  user,
  userPage,
  userQuery,
  welcomeUserInput,
} from './users.ts';

const userParams = z.object({ entityId: uuid, userId: uuid });

/** The routes of Users: the people of an Entity, as its Owner knows them. */
export const userContract = {
  listUsers: {
    method: 'GET',
    path: '/api/entities/{entityId}/users',
    summary: 'The Users of the Entity, by name',
    params: entityParams,
    query: userQuery,
    status: 200,
    answer: userPage,
  },
  listPlateHolders: {
    method: 'GET',
    path: '/api/entities/{entityId}/users/plates',
    summary: 'Other Users of the Entity who have one of these licence plates',
    params: entityParams,
    query: plateQuery,
    status: 200,
    answer: plateHolders,
  },
  getUser: {
    method: 'GET',
    path: '/api/entities/{entityId}/users/{userId}',
    summary: 'One User',
    params: userParams,
    status: 200,
    answer: user,
  },
  createUser: {
    method: 'POST',
    path: '/api/entities/{entityId}/users',
    summary: 'Create User: a resident of the Entity, who may be invited to sign in',
    params: entityParams,
    body: createUserInput,
    status: 201,
    answer: user,
  },
  updateUser: {
    method: 'PATCH',
    path: '/api/entities/{entityId}/users/{userId}',
    summary: 'Save Changes: the person, and of which Entities',
    params: userParams,
    body: updateUserInput,
    status: 200,
    answer: user,
  },
  deactivateUser: {
    method: 'POST',
    path: '/api/entities/{entityId}/users/{userId}/deactivate',
    summary: 'Deactivates the User in every Entity of the Owner, and ends the sign-in where no User is left',
    params: userParams,
    body: deactivateUserInput,
    status: 200,
    answer: user,
  },
  reactivateUser: {
    method: 'POST',
    path: '/api/entities/{entityId}/users/{userId}/reactivate',
    summary: 'Reactivate User',
    params: userParams,
    body: nothing,
    status: 200,
    answer: user,
  },
  welcomeUser: {
    method: 'POST',
    path: '/api/entities/{entityId}/users/{userId}/welcome',
    summary: 'Sends the welcome email again, with another link that holds for seven days',
    params: userParams,
    body: welcomeUserInput,
    status: 204,
    isIdempotencyKeyNeeded: true,
  },
} as const satisfies Record<string, RouteContract>;
