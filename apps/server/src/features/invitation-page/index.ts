/**
 * The page that the mail of an invitation leads to. Looking at it changes nothing, however often a mail
 * scanner does. Whoever accepts signs in with the Account of the address that was invited, or makes it, and
 * is then a Local Admin of the Entity, as a User of its Owner.
 */
export { invitationPageRoutes } from './routes.ts';
export { showInvitation, type InvitationPageParts } from './service.ts';
