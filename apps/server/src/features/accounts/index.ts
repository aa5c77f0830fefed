/**
 * Accounts: how people sign in to this installation, and who runs it. An Account is a person's own, whatever
 * Owners know them as Users. The first operator comes with the bootstrap token that the terminal showed.
 * Another feature that brings an Account along (registration) obtains it here before its own transaction and
 * takes a new one back when that fails.
 */
export { askWhetherTheirs } from './address/service.ts';
export { mailAccount, mailAccountPayload } from './mails/jobs.ts';
export { forgetMails, mailAccountTask, tellAccount, type TellParts } from './mails/service.ts';
export { endSignInPayload, endSignInTask, wantSignInEnded } from './jobs.ts';
export { mailReset, mailResetPayload } from './reset/jobs.ts';
export { mailResetTask, makeOperatorLink } from './reset/service.ts';
export { accountRoutes, type AccountRoutePorts } from './routes.ts';
export {
  announceSessionEnd,
  endSignIn,
  issueBootstrapToken,
  obtainAccount,
  offerBootstrapToken,
  signIn,
  type AccountPorts,
  type ObtainedAccount,
} from './service.ts';
export type { HeldBootstrapToken } from './store.ts';
