/**
 * Logs → Activity: what happened at the doors, as sentences, newest first and live. Routine shows openings;
 * Advanced shows everything the doors have written, with what they added. The filters are the address of the
 * page.
 */
export { activityRoutes } from './routes.tsx';
