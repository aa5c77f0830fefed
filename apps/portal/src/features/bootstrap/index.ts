/**
 * The first hour of a real installation: its operator makes an Account with the bootstrap token that the
 * installation printed. The token works once and for thirty minutes.
 */
export { bootstrapRoute } from './routes.tsx';
