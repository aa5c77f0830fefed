import {
  mandateMinutes,
  requestLifeMs,
  requestStateAt,
  submittedStateAt,
  type RequestKind,
  type RequestState,
} from '@claviger/domain';
import { Refusal, type MailLanguage, type SubmittedRequest } from '@claviger/protocol';
import { addJob, newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { SignedIn } from '../../../platform/http/index.ts';
import * as store from './store.ts';

export const deliverRequestTask = 'deliver_request';

/** More would be a list of people to bother. */
const openLimit = 20;
/** What the screen shows; older ones are over. */
const shownLimit = 100;

/** What somebody asks for, checked in its form alone. */
export interface AskedAccess {
  readonly kind: RequestKind;
  readonly ownerEmail: string;
  readonly serialNumbers?: readonly string[];
  readonly entityCode?: string;
  readonly durationMinutes?: number;
  readonly reason?: string;
  readonly language: MailLanguage;
}

function refuseOwner(problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: 'body.ownerEmail', problem }] });
}

function stateOf(request: store.OwnRequest, now: number): RequestState {
  const { expiresAt } = request;
  const received = request.received.map((state) => requestStateAt({ state, expiresAt }, now));
  return submittedStateAt(request, received, now);
}

/** Whether two requests want the same of the same owner. */
function areAlike(one: store.OwnRequest, other: store.StoredRequest): boolean {
  const isOfOne = one.kind === other.kind && one.ownerEmail === other.ownerEmail;
  if (!isOfOne || one.entityCode !== other.entityCode) return false;
  return other.serials.every((serial) => one.serials.includes(serial));
}

/** Delivered one after the other, so that what is withdrawn is not delivered after that. */
async function wantDelivery(tx: Transaction, requestId: string): Promise<void> {
  await addJob(tx, { task: deliverRequestTask, payload: { requestId }, queue: 'access_requests' });
}

/**
 * Takes a request; whether there is such an owner, lock or Entity is found out later, by a job, so that
 * nobody learns it from the answer or its time. Refuses invalid_input beside the owner's address:
 * own_address, already_requested; and limit_reached. Scope, here and below: the Account.
 */
export async function submitRequest(
  tx: Transaction,
  actor: SignedIn,
  { asked, now }: { readonly asked: AskedAccess; readonly now: number },
): Promise<{ readonly requestId: string }> {
  const { accountId, email } = actor;
  const ownerEmail = asked.ownerEmail.toLowerCase();
  if (ownerEmail === email.toLowerCase()) throw refuseOwner('own_address');
  await store.holdAccount(tx, accountId);
  const request: store.StoredRequest = {
    ...{ id: newIdentifier(), accountId, kind: asked.kind, email, ownerEmail, language: asked.language },
    serials: [...new Set(asked.serialNumbers ?? [])],
    entityCode: asked.entityCode ?? null,
    wantedForMinutes: asked.durationMinutes ?? mandateMinutes[asked.kind].usual,
    reason: asked.reason ?? '',
    ...{ askedAt: now, expiresAt: now + requestLifeMs },
  };
  const lasting = await store.listOwn(tx, accountId, { lastingAt: now });
  const open = lasting.filter((known) => stateOf(known, now) === 'pending');
  if (open.some((known) => areAlike(known, request))) throw refuseOwner('already_requested');
  if (open.length >= openLimit) throw new Refusal('limit_reached');
  await store.addRequest(tx, request);
  await wantDelivery(tx, request.id);
  return { requestId: request.id };
}

/** Submitted Requests: what became of them. */
export async function listSubmitted(
  tx: Transaction,
  { accountId }: SignedIn,
  now: number,
): Promise<SubmittedRequest[]> {
  const requests = await store.listOwn(tx, accountId, { newest: shownLimit });
  const mandates = await store.listOwnMandates(tx, accountId);
  return requests.map((request) => ({
    id: request.id,
    kind: request.kind,
    ownerEmail: request.ownerEmail,
    serialNumbers: [...request.serials],
    ...(request.entityCode !== null && { entityCode: request.entityCode }),
    wantedForMinutes: request.wantedForMinutes,
    reason: request.reason,
    state: stateOf(request, now),
    askedAt: request.askedAt,
    expiresAt: request.expiresAt,
    mandates: mandates
      .filter(({ requestId }) => requestId === request.id)
      .map(({ entityId, entityName, until }) => ({ entityId, entityName, until })),
  }));
}

/** Takes a request back that nobody has decided. Refuses not_found, and request_over. */
export async function withdrawRequest(
  tx: Transaction,
  { accountId }: SignedIn,
  { requestId, now }: { readonly requestId: string; readonly now: number },
): Promise<void> {
  await store.holdAccount(tx, accountId);
  const [request] = await store.listOwn(tx, accountId, { id: requestId });
  if (!request) throw new Refusal('not_found');
  if (stateOf(request, now) !== 'pending') throw new Refusal('request_over');
  await store.withdraw(tx, request, now);
  await store.withdrawReceived(tx, request, now);
  await wantDelivery(tx, requestId);
}
