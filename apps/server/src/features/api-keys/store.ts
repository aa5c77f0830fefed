import type { Instant } from '@claviger/domain';
import type { ApiKey } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

interface Holder {
  readonly entityId: string;
  readonly userId: string;
}

interface ApiKeyRow extends Omit<ApiKey, 'usedAt'> {
  readonly usedAt: Instant | null;
}

/** The API keys of a User in the Entity, the newest first. */
export function listApiKeys(tx: Transaction, { entityId, userId }: Holder): Promise<ApiKeyRow[]> {
  return query(tx)
    .selectFrom('api_keys')
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .select(['id', 'name', 'prefix', 'permissions'])
    .select(['made_at as madeAt', 'expires_at as expiresAt', 'used_at as usedAt'])
    .orderBy('id', 'desc')
    .execute();
}

export interface NewApiKey extends Holder {
  readonly id: string;
  readonly accountId: string;
  readonly mandateId: string | undefined;
  readonly name: string;
  readonly prefix: string;
  readonly keyHash: Uint8Array;
  readonly permissions: readonly string[];
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
}

export async function addApiKey(tx: Transaction, made: NewApiKey): Promise<void> {
  await query(tx)
    .insertInto('api_keys')
    .values({
      ...{ entity_id: made.entityId, id: made.id, user_id: made.userId, account_id: made.accountId },
      mandate_id: made.mandateId ?? null,
      ...{ name: made.name, prefix: made.prefix, key_hash: made.keyHash },
      ...{ permissions: [...made.permissions] },
      ...{ made_at: new Date(made.madeAt), expires_at: new Date(made.expiresAt) },
    })
    .execute();
}

/** Ends an API key of the Account of the scope; its name, or undefined where there is none such. */
export async function removeApiKey(tx: Transaction, apiKeyId: string): Promise<string | undefined> {
  const gone = await query(tx)
    .deleteFrom('api_keys')
    .where('id', '=', apiKeyId)
    .returning('name')
    .executeTakeFirst();
  return gone?.name;
}
