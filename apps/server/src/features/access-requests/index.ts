/**
 * An access request asks the owner of locks, or of an Entity, for a Mandate: a role until an instant. Whoever
 * asks is answered alike whether there is such an owner, lock or Entity; a job delivers what concerns
 * somebody. A Mandate ends by itself: its role by the clock of the database in every check and policy, its
 * Keys by their own end at the doors, and what remains is suspended until somebody adopts it. The operator
 * may take one without asking (break-glass), with a reason, and is seen doing so.
 */
import type { RouteDeclaration } from '../../platform/http/index.ts';
import { defineJob, type JobKind } from '../../platform/jobs/index.ts';
import { breakGlassRoute } from './break-glass/routes.ts';
import { deliverRequest, deliverRequestPayload } from './incoming/delivery.ts';
import { incomingRoutes } from './incoming/routes.ts';
import { endMandatePayload, endMandateTask, settleMandate } from './mandates/ending.ts';
import { mandateRoutes } from './mandates/routes.ts';
import type { RequestParts } from './parts.ts';
import { submittedRoutes } from './routes.ts';
import { deliverRequestTask } from './submitted/service.ts';

export { endMandateOfRole } from './mandates/ending.ts';
export type { RequestParts } from './parts.ts';

/** The routes of access requests and of Mandates. */
export function accessRequestRoutes(parts: RequestParts): RouteDeclaration[] {
  return [
    ...submittedRoutes(parts),
    ...incomingRoutes(parts),
    ...mandateRoutes(parts),
    breakGlassRoute(parts),
  ];
}

/** Delivering requests, and what comes after the end of a Mandate. */
export function accessRequestJobs(parts: RequestParts): JobKind[] {
  return [
    defineJob(deliverRequestTask, deliverRequestPayload, (job) => deliverRequest(job, parts)),
    defineJob(endMandateTask, endMandatePayload, (job) => settleMandate(job, parts)),
  ];
}
