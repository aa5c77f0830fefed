/**
 * Saved views: the filters of a list under a name. They are one person's in one Entity, who alone sees them,
 * and let nobody see more than the list itself does.
 */
export { savedViewRoutes } from './routes.ts';
