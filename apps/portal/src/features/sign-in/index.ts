/**
 * Coming in again: sign in with e-mail address and password, and the page of somebody who is signed in but
 * works in no Entity (the operator, or a person whose last Membership ended).
 */
export {
  forgottenRoute,
  newPasswordRoute,
  noEntityRoute,
  signInRoute,
  signOnRoute,
  verifyAddressRoute,
} from './routes.tsx';
