/**
 * An Entity is a home, a community or a company: what a person selects top right, with a code, a time zone,
 * holidays and members. It belongs to an Owner, who knows people as Users; a Membership gives a User one role
 * in one Entity. One that was deleted keeps its row and its Audit; nobody has a role there any more.
 */
export { entityRoutes, type EntityParts } from './routes.ts';
export { createHome, isKnownZone, type NewHome } from './service.ts';
export { hasUser } from './store.ts';
