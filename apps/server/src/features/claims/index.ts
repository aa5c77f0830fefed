/**
 * A claim makes an Entity the owner of a device: a person gives serial number and code, the device proves
 * that it knows the code, and one compare-and-set decides. It waits ten minutes; then the lock is unclaimed
 * again and Claim Lock tries once more. Devices come here over a listener of their own, which they
 * authenticate and which tells them nothing else.
 */
export { enrolmentRoutes } from './routes.ts';
export { expireClaim, expireClaimPayload } from './jobs.ts';
export { claimAgain, startClaim, type ClaimParts } from './service.ts';
export { createClaimBell, type ClaimBell } from './bell.ts';
