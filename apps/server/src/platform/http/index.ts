/**
 * The HTTP side of the server. A feature declares its routes with `defineRoute(contract.openLock, {...})`:
 * who may call, what it is about, in which scope it acts, what the audit calls it. `buildHttp` registers them
 * behind one gate (address limit, origin, operator) and one error boundary; the route's caller is let in
 * before its body is read, its input is checked against the contract, and answer, stored answer and audit row
 * become durable in one transaction.
 */
export type { Member, SignedIn } from './access/actor.ts';
export { apiKeyHash, apiKeyPrefixLength, newApiKey } from './access/api-key.ts';
export { confirmationHoldsMs, doorkeeper, type Doorkeeper } from './access/let-in.ts';
export {
  allows,
  entityPermission,
  installersMandate,
  type CarriedRole,
  type EntityPermission,
} from './access/permissions.ts';
export { hasOperator, isOperator, isWithinMandate } from './access/store.ts';
export { buildHttp, type HttpPorts } from './build-http.ts';
export { cursorOf, idIn, placeIn, placeInstant } from './cursor.ts';
export { inputProblems, type InputProblem } from './input-check.ts';
export { openSharedLimiter, type SharedLimiter } from './limits/shared-limit.ts';
export { forgetWholeAllowances } from './limits/store.ts';
export { addressSubject } from './limits/token-buckets.ts';
export { sessionEndedChannel } from './live.ts';
export { onceKeysOf, type OnceKeys } from './once/stored-answer.ts';
export { forgetOldKeys } from './once/store.ts';
export { describeContract } from './pages/describe-contract.ts';
export type { Health } from './pages/health.ts';
export {
  assertContractIsWhole,
  callsOf,
  defineRoute,
  type AuditNote,
  type Call,
  type Download,
  type Permission,
  type RouteDeclaration,
  type RouteLimit,
  type Visitor,
} from './route.ts';
