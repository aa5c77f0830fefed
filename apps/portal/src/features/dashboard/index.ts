/**
 * The Dashboard: one look at the Entity. Which doors are how, what needs somebody, what just happened and
 * when the day is busy; every number leads to the list behind it.
 */
export { dashboardRoutes } from './routes.tsx';
