/**
 * Settings: what a person sets for the own Account, and access requests both ways, with the two pages on
 * which people ask for access. Who works in no Entity finds the own Account at an address of its own.
 */
export { accessRequestRoutes } from './asking/routes.tsx';
export { accountRoute, settingsRoutes } from './routes.tsx';
