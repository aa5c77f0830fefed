/**
 * Entities: those of one's Owner, as cards or rows; create one, edit it in a window with its holidays, delete
 * it. What is edited may be another Entity than the one that is selected.
 */
export { entitiesRoutes } from './routes.tsx';
