/**
 * Users: the people of an Entity as its Owner knows them, who signs in or not, and of which Entities they are.
 * A User belongs to the Owner: who is deactivated is so everywhere there, and nothing of it is seen by others.
 */
export { userRoutes, type UserParts } from './routes.ts';
