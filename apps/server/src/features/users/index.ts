/**
 * Users: the people of an Entity as its Owner knows them, who signs in or not, and of which Entities they
 * are. A User belongs to the Owner: who is deactivated is so everywhere there, and no other Owner sees it.
 */
export { sendWelcomes, sendWelcomesPayload, sendWelcomesTask } from './welcomes/jobs.ts';
export { userRoutes, type UserParts } from './routes.ts';
