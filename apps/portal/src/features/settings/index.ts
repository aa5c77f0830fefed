/**
 * Settings: what a person sets for the own Account. Everybody signed in has it; who works in no Entity finds
 * it at an address of its own.
 */
export { accountRoute, settingsRoutes } from './routes.tsx';
