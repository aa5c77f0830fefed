/**
 * An Entity is a home, a community or a company: what a person selects top right, with a code, a time zone
 * and members. It belongs to an Owner, who knows people as Users; a Membership gives a User one role in one
 * Entity.
 */
export { createHome, isKnownZone, type NewHome } from './service.ts';
export { hasUser } from './store.ts';
