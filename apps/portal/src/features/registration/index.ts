/**
 * Registration at a public page: an Account, a home and its first lock in one form. Whoever holds the lock in
 * hand (its serial number and its code) may have it; to a stranger every failure sounds the same.
 */
export { registerRoute } from './routes.tsx';
