/**
 * A building of an Entity, and the Units in it: apartments of a community, companies of a commercial Entity;
 * a home has none. Names are unique within what they are in. What belongs to a Unit keeps it from being
 * removed. Units are made by hand or from a CSV, of which all counts or nothing.
 */
export { buildingRoutes, type BuildingParts } from './routes.ts';
