/**
 * A Local Admin manages the users of one Entity. A community_manager makes a member one at once, and invites
 * anybody else by a mail whose link holds for seven days; nobody is told whether an address is known here.
 * What the link leads to is the page of the invitation (`invitation-page`).
 */
export { tokenHash } from './link.ts';
export { localAdminRoutes } from './routes.ts';
export { inviteLocalAdmin, inviteUser, withdrawWelcome, type InvitingParts } from './service.ts';
export type { InvitedRole } from './store.ts';
