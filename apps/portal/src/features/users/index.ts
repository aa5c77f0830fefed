/**
 * Users: the people of the Entity, found by name, number or plate; made, changed, deactivated, reactivated.
 */
export { usersRoutes } from './routes.tsx';
