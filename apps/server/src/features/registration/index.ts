/**
 * Registration is how a person arrives: e-mail, password and the label of a first lock make an Account, an
 * Owner, a User and a home Entity, and start the claim. A stranger gets one answer to every failure.
 */
export { registrationRoutes, type RegistrationParts } from './routes.ts';
