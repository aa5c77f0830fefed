import type { AccountId, Instant, RequestKind, RequestState } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';

/** What somebody asked for, as it is kept. */
export interface StoredRequest {
  readonly id: string;
  readonly accountId: AccountId;
  readonly kind: RequestKind;
  /** Of the Account that asks, then. */
  readonly email: string;
  readonly ownerEmail: string;
  readonly serials: readonly string[];
  readonly entityCode: string | null;
  readonly wantedForMinutes: number;
  readonly reason: string;
  readonly language: MailLanguage;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

/** Until the transaction ends nobody else adds requests of this Account. */
export async function holdAccount(tx: Transaction, accountId: AccountId): Promise<void> {
  await queryNamed(tx, {
    name: 'hold_requests_of_account',
    text: `select pg_advisory_xact_lock(hashtextextended('access requests ' || $1, 0))`,
    values: [accountId],
  });
}

/** Scope, here and below: the Account. */
export async function addRequest(tx: Transaction, request: StoredRequest): Promise<void> {
  await query(tx)
    .insertInto('access_requests')
    .values({
      id: request.id,
      account_id: request.accountId,
      kind: request.kind,
      email: request.email,
      owner_email: request.ownerEmail,
      serials: [...request.serials],
      entity_code: request.entityCode,
      wanted_for_minutes: request.wantedForMinutes,
      reason: request.reason,
      language: request.language,
      asked_at: new Date(request.askedAt),
      expires_at: new Date(request.expiresAt),
    })
    .execute();
}

/** A request with what became of it in the Entities that received it. */
export interface OwnRequest extends StoredRequest {
  readonly isWithdrawn: boolean;
  readonly received: readonly Exclude<RequestState, 'expired'>[];
}

/** Which requests of the Account: the newest, one by its id, or all that may wait for an answer yet. */
export type OwnChoice =
  { readonly newest: number } | { readonly id: string } | { readonly lastingAt: Instant };

function selectRequests(tx: Transaction) {
  return query(tx)
    .selectFrom('access_requests as r')
    .select([
      'r.id',
      'r.account_id as accountId',
      'r.kind',
      'r.email',
      'r.owner_email as ownerEmail',
      'r.serials',
      'r.entity_code as entityCode',
      'r.wanted_for_minutes as wantedForMinutes',
      'r.reason',
      'r.language',
      'r.asked_at as askedAt',
      'r.expires_at as expiresAt',
    ])
    .$narrowType<{ accountId: AccountId }>();
}

/** The requests of the Account, newest first. */
export function listOwn(tx: Transaction, accountId: AccountId, choice: OwnChoice): Promise<OwnRequest[]> {
  const own = selectRequests(tx)
    .where('r.account_id', '=', accountId)
    .select([
      sql<boolean>`r.withdrawn_at is not null`.as('isWithdrawn'),
      sql<OwnRequest['received']>`array(
        select i.state from claviger.incoming_requests i where i.request_id = r.id)`.as('received'),
    ])
    .orderBy('r.asked_at', 'desc')
    .orderBy('r.id', 'desc');
  if ('id' in choice) return own.where('r.id', '=', choice.id).execute();
  if ('newest' in choice) return own.limit(choice.newest).execute();
  const { lastingAt } = choice;
  const isLasting = sql<boolean>`r.expires_at > ${new Date(lastingAt)}`;
  return own.where('r.withdrawn_at', 'is', null).where(isLasting).execute();
}

/** What requests of the Account became. */
export interface OwnMandate {
  readonly requestId: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly until: Instant;
}

/** The Mandates of the Account; the name of an Entity is known as long as one has a role there. */
export function listOwnMandates(tx: Transaction, accountId: AccountId): Promise<OwnMandate[]> {
  return query(tx)
    .selectFrom('mandates as m')
    .innerJoin('incoming_requests as i', (join) =>
      join.onRef('i.entity_id', '=', 'm.entity_id').onRef('i.id', '=', 'm.incoming_id'),
    )
    .innerJoin('entities as e', 'e.id', 'm.entity_id')
    .where('m.account_id', '=', accountId)
    .orderBy('m.until_at', 'desc')
    .limit(200)
    .select([
      'i.request_id as requestId',
      'm.entity_id as entityId',
      'e.name as entityName',
      'm.until_at as until',
    ])
    .execute();
}

/** Takes a request of the Account back; false where it is taken back already, or is not there. */
export async function withdraw(
  tx: Transaction,
  { id, accountId }: Pick<StoredRequest, 'id' | 'accountId'>,
  at: Instant,
): Promise<boolean> {
  const result = await query(tx)
    .updateTable('access_requests')
    .set({ withdrawn_at: new Date(at) })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes it back where an Entity received it, and has not decided. */
export async function withdrawReceived(
  tx: Transaction,
  { id, accountId }: Pick<StoredRequest, 'id' | 'accountId'>,
  at: Instant,
): Promise<void> {
  await query(tx)
    .updateTable('incoming_requests')
    .set({ state: 'withdrawn', decided_at: new Date(at) })
    .where('request_id', '=', id)
    .where('account_id', '=', accountId)
    .where('state', '=', 'pending')
    .execute();
}

/** A request that is to be delivered. Scope: the installation. */
export function findSubmitted(
  tx: Transaction,
  id: string,
): Promise<(StoredRequest & { readonly isWithdrawn: boolean }) | undefined> {
  return selectRequests(tx)
    .where('r.id', '=', id)
    .select(sql<boolean>`r.withdrawn_at is not null`.as('isWithdrawn'))
    .executeTakeFirst();
}
