import { z } from 'zod';
import { newIdentifier } from '../../../platform/database/index.ts';
import { queueMail } from '../../mails/index.ts';
import { requestMailText } from '../mail-text.ts';
import type { RequestParts } from '../parts.ts';
import { findSubmitted, withdrawReceived, type StoredRequest } from '../submitted/store.ts';
import * as store from './store.ts';

export const deliverRequestPayload = z.object({ requestId: z.uuid() }).strict();

/** An Entity that a request concerns, and which of its locks. */
interface Target {
  readonly entityId: string;
  readonly lockIds: readonly string[];
}

/**
 * Which Entities a request concerns: those that its owner manages now, and that have the locks or the code.
 */
async function targetsOf(request: StoredRequest, parts: RequestParts): Promise<Target[]> {
  const { database, authentication } = parts;
  const accountId = await authentication.findAccount(request.ownerEmail);
  if (accountId === undefined) return [];
  const devices = await database.transact({ kind: 'installation' }, (tx) =>
    store.findOwnedDevices(tx, request.serials),
  );
  return database.transact({ kind: 'account', accountId }, async (tx) => {
    const managed = await store.listManaged(tx, accountId);
    const targets: Target[] = [];
    for (const { entityId, code } of managed) {
      const own = devices.filter((device) => device.entityId === entityId);
      const lockIds = await store.findLocks(
        tx,
        entityId,
        own.map(({ deviceId }) => deviceId),
      );
      if (lockIds.length > 0 || code === request.entityCode) targets.push({ entityId, lockIds });
    }
    return targets;
  });
}

/** Everything that receiving a request changes in one Entity: nothing where it was received before. */
async function receive(
  request: StoredRequest,
  { entityId, lockIds }: Target,
  { database, audit, mails, publicOrigin }: RequestParts,
): Promise<void> {
  const { id: requestId, kind, accountId, ownerEmail, language, wantedForMinutes, reason } = request;
  await database.transact({ kind: 'entity', entityId }, async (tx) => {
    const id = newIdentifier();
    if (!(await store.addIncoming(tx, { ...request, entityId, id, requestId, lockIds }))) return;
    const locks = await store.listRequestedLocks(tx, entityId, [id]);
    const text = requestMailText({
      ...(await store.findPlace(tx, entityId)),
      ...{ kind, language, reason, email: request.email, minutes: wantedForMinutes },
      locks: locks.map(({ name, serial }) => `${name} (${serial})`),
      link: `${publicOrigin}/e/${entityId}/settings/access-requests`,
      expiresAt: request.expiresAt,
    });
    await queueMail(tx, { entityId, to: ownerEmail, ...text }, mails);
    await audit.add(tx, {
      ...{ scope: 'entity', entityId, accountId, outcome: 'done', operation: 'access_request.receive' },
      ...{ objectType: 'access_request', objectId: id },
      after: { kind, locks: lockIds, minutes: wantedForMinutes, email: request.email },
      personal: { subjectId: id, fields: ['email'] },
    });
  });
}

/**
 * Brings a request to the Entities that it concerns, with a mail to the owner; one that was withdrawn is
 * taken back there. Whoever asked hears of neither. Idempotent.
 */
export async function deliverRequest(
  { requestId }: z.infer<typeof deliverRequestPayload>,
  parts: RequestParts,
): Promise<void> {
  const { database, now } = parts;
  const request = await database.transact({ kind: 'installation' }, (tx) => findSubmitted(tx, requestId));
  if (!request) return;
  if (request.isWithdrawn) {
    const scope = { kind: 'account', accountId: request.accountId } as const;
    await database.transact(scope, (tx) => withdrawReceived(tx, request, now()));
    return;
  }
  if (request.expiresAt <= now()) return;
  for (const target of await targetsOf(request, parts)) await receive(request, target, parts);
}
