/** Access requests and Mandates, as another day's work would have left them. */
import { randomUUID } from 'node:crypto';
import type { Asking } from './asking.ts';

/** A request to this Entity that waits for an answer; its name there. */
export async function plantIncoming(
  { asAdmin }: Asking,
  { entityId, lockId, mark }: { readonly entityId: string; readonly lockId: string; mark: string },
): Promise<string> {
  const [requestId, incomingId, accountId] = [randomUUID(), randomUUID(), randomUUID()];
  const asker = `asker-${mark}@example.com`;
  const asked = `'installer', $3, 480, 'A reader ${mark}', 'en', now(), now() + interval '14 days'`;
  await asAdmin(
    `insert into claviger.access_requests (id, account_id, kind, email, wanted_for_minutes, reason, language,
        asked_at, expires_at, owner_email, serials)
      values ($1, $2, ${asked}, 'asked-owner@example.com', array['C1V012345674'])`,
    [requestId, accountId, asker],
  );
  await asAdmin(
    `insert into claviger.incoming_requests (entity_id, id, account_id, kind, email, wanted_for_minutes,
        reason, language, asked_at, expires_at, request_id)
      values ($4, $1, $2, ${asked}, $5)`,
    [incomingId, accountId, asker, entityId, requestId],
  );
  await asAdmin(
    'insert into claviger.incoming_request_locks (entity_id, incoming_id, lock_id) values ($1, $2, $3)',
    [entityId, incomingId, lockId],
  );
  return incomingId;
}

/** A request that was approved: a Mandate for every lock of the Entity, which gave this User the role. */
export async function plantMandate(
  { asAdmin }: Asking,
  { entityId, userId, email }: { readonly entityId: string; readonly userId: string; email: string },
): Promise<string> {
  const [requestId, incomingId, mandateId] = [randomUUID(), randomUUID(), randomUUID()];
  const asked = `'installer', $2, 480, 'A new reader', 'en', now(), now() + interval '14 days'`;
  await asAdmin(
    `insert into claviger.access_requests (id, account_id, kind, email, wanted_for_minutes, reason, language,
        asked_at, expires_at, owner_email, serials)
      select $1, account_id, ${asked}, 'asked-owner@example.com', array['C1V012345674']
      from claviger.users where id = $3`,
    [requestId, email, userId],
  );
  await asAdmin(
    `insert into claviger.incoming_requests (entity_id, id, account_id, kind, email, wanted_for_minutes,
        reason, language, asked_at, expires_at, request_id, state, decided_by, decided_at)
      select $4, $1, account_id, ${asked}, $5, 'approved', id, now() from claviger.users where id = $3`,
    [incomingId, email, userId, entityId, requestId],
  );
  await asAdmin(
    `insert into claviger.mandates (entity_id, id, incoming_id, user_id, account_id, role, from_at, until_at,
        approved_by)
      select $1, $2, $3, id, account_id, 'installer', now(), now() + interval '8 hours', id
      from claviger.users where id = $4`,
    [entityId, mandateId, incomingId, userId],
  );
  await asAdmin(
    `insert into claviger.mandate_locks (entity_id, mandate_id, lock_id)
      select entity_id, $2, id from claviger.locks where entity_id = $1`,
    [entityId, mandateId],
  );
  const text = `update claviger.memberships set mandate_id = $1, until = now() + interval '8 hours'
    where entity_id = $2 and user_id = $3`;
  await asAdmin(text, [mandateId, entityId, userId]);
  return mandateId;
}
