/**
 * The page that the mail of an invitation leads to: whoever has the link accepts with the Account of the
 * address that was invited, or makes it, and is then a Local Admin.
 */
export { invitationRoute } from './routes.tsx';
