import type { BrokenGlass } from '@claviger/protocol';
import { mandateMinutes, type EntityId, type OwnerId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { goOnIn, newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { SignedIn } from '../../../platform/http/index.ts';
import { queueMail } from '../../mails/index.ts';
import { giveMandate, userOf } from '../incoming/service.ts';
import { addIncoming, findPlace, listManaged } from '../incoming/store.ts';
import { brokenGlassMailText } from '../mail-text.ts';
import type { RequestParts } from '../parts.ts';
import { addRequest, type StoredRequest } from '../submitted/store.ts';
import { listManagers } from './store.ts';

/** What the operator takes, and why. */
export interface TakenAccess {
  readonly ownerEmail: string;
  readonly entityCode: string;
  readonly reason: string;
  readonly language: StoredRequest['language'];
}

/** The Entity that is meant. */
export interface MeantEntity {
  readonly ownerId: OwnerId;
  readonly entityId: EntityId;
}

/**
 * The Entity with this code that the owner with this address manages. Refuses invalid_input beside the code:
 * no_such_entity.
 */
export async function findMeant(
  { ownerEmail, entityCode }: TakenAccess,
  { database, authentication }: RequestParts,
): Promise<MeantEntity> {
  const accountId = await authentication.findAccount(ownerEmail);
  const managed =
    accountId === undefined
      ? []
      : await database.transact({ kind: 'account', accountId }, (tx) => listManaged(tx, accountId));
  const found = managed.find(({ code }) => code === entityCode);
  if (found) return { ownerId: found.ownerId as OwnerId, entityId: found.entityId as EntityId };
  const issues = [{ path: 'body.entityCode', problem: 'no_such_entity' }];
  throw new Refusal('invalid_input', { issues });
}

/** What the operator has now, and what the Audit of the Entity says of it. */
export interface Taken {
  readonly answer: BrokenGlass;
  readonly mandateId: string;
  readonly userId: string;
}

/**
 * Break-glass: makes the operator a Local Admin of the Entity for an hour, as a request that nobody had to
 * approve; every Community Manager of the Entity is told by mail at once, and may end it. Refuses
 * has_role_already, user_deactivated and user_without_account. Scope: the Account; goes on in the Owner.
 */
export async function breakGlass(
  tx: Transaction,
  { accountId, email }: SignedIn,
  { meant, taken, parts }: { meant: MeantEntity; taken: TakenAccess; parts: RequestParts },
): Promise<Taken> {
  const { ownerId, entityId } = meant;
  const now = parts.now();
  const minutes = mandateMinutes.break_glass.usual;
  const request: StoredRequest = {
    ...{ id: newIdentifier(), accountId, kind: 'break_glass', email, serials: [] },
    ...{ ...taken, ownerEmail: taken.ownerEmail.toLowerCase() },
    ...{ wantedForMinutes: minutes, askedAt: now, expiresAt: now + minutes * 60_000 },
  };
  await addRequest(tx, request);
  await goOnIn(tx, { kind: 'owner', ownerId });
  const userId = await userOf(tx, meant, request);
  const incomingId = newIdentifier();
  await addIncoming(tx, { ...request, entityId, id: incomingId, requestId: request.id, lockIds: [] });
  const given = { ownerId, entityId, incomingId, asked: request, userId, approvedBy: userId };
  const { id: mandateId, until } = await giveMandate(tx, { ...given, minutes, at: now });
  const place = await findPlace(tx, entityId);
  const link = `${parts.publicOrigin}/e/${entityId}/settings/access-requests`;
  const { language, reason } = taken;
  const text = brokenGlassMailText({ ...place, language, email, reason, until, link });
  for (const to of await listManagers(tx, entityId)) {
    await queueMail(tx, { entityId, to, ...text }, parts.mails);
  }
  return { answer: { entityId, entityName: place.place, until }, mandateId, userId };
}
