/**
 * Why?: what each check of the decision says, by the same table as at the door. At an event by the very list
 * that decided then; at a Key by what is wanted now. Nothing is opened and nothing is kept.
 */
export { whyRoutes } from './routes.ts';
