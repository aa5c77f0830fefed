/**
 * Logs → Audit as people read it: what was done and refused in an Entity, with before and after, filtered,
 * sorted and exported. A Community Manager sees all of it, a Local Admin own acts. How entries are made and
 * proven is the platform's (`platform/audit`).
 */
export { auditRoutes, type AuditRouteParts } from './routes.ts';
