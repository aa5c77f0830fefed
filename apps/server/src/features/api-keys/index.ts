/**
 * API keys: a program acts with one for the person who made it, in one Entity, as far as both its permissions
 * and the person's role go at that moment. It has nothing of a session: nothing of the Account, and nothing
 * before which a person is asked to be there. `platform/http/access` lets programs in; here people make and
 * revoke what they come with.
 */
export { apiKeyRoutes, type ApiKeyRouteParts } from './routes.ts';
export { grantableTo } from './service.ts';
